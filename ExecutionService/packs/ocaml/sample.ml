(* Greets you, then takes a number apart into its prime factors. *)

let superscripts = [| "⁰"; "¹"; "²"; "³"; "⁴"; "⁵"; "⁶"; "⁷"; "⁸"; "⁹" |]

(* The prime factors, each with its power, smallest first. *)
let prime_factors number =
  let rec divide number prime power =
    if number mod prime = 0 then divide (number / prime) prime (power + 1) else (number, power)
  in
  let rec from prime number =
    if number = 1 then []
    else if prime * prime > number then [ (number, 1) ]
    else
      match divide number prime 0 with
      | _, 0 -> from (prime + 1) number
      | rest, power -> (prime, power) :: from (prime + 1) rest
  in
  from 2 number

let rec superscript power =
  (if power > 9 then superscript (power / 10) else "") ^ superscripts.(power mod 10)

let show = function
  | prime, 1 -> string_of_int prime
  | prime, power -> string_of_int prime ^ superscript power

let ask question =
  Printf.printf "%s%!" question;
  try String.trim (read_line ()) with End_of_file -> ""

let () =
  let name = match ask "What is your name? " with "" -> "stranger" | name -> name in
  Printf.printf "Hello, %s!\n" name;
  let answer = ask "A whole number from 2 to a billion: " in
  match int_of_string_opt answer with
  | Some number when number >= 2 && number <= 1_000_000_000 ->
      prime_factors number |> List.map show |> String.concat " × "
      |> Printf.printf "%d = %s\n" number
  | _ ->
      Printf.eprintf "“%s” is not such a number.\n" answer;
      exit 1
