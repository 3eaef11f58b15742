(* Greets you, then takes a number apart into its prime factors. *)

fun ask question =
  ( print question
  ; TextIO.flushOut TextIO.stdOut  (* the question has no newline, so it would wait in the buffer *)
  ; case TextIO.inputLine TextIO.stdIn of
      SOME line => String.concatWith " " (String.tokens Char.isSpace line)
    | NONE => "" )

(* The prime factors with their powers, smallest first. *)
fun primePowers number =
  let
    fun from (1, _, powers) = rev powers
      | from (rest, divisor, powers) =
          if divisor * divisor > rest then from (1, rest, (rest, 1) :: powers)
          else if rest mod divisor <> 0 then from (rest, divisor + 1, powers)
          else
            let
              fun divide (n, power) =
                if n mod divisor = 0 then divide (n div divisor, power + 1) else (n, power)
              val (rest, power) = divide (rest, 0)
            in
              from (rest, divisor + 1, (divisor, power) :: powers)
            end
  in
    from (number, 2, [])
  end

val superscripts = Vector.fromList ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]

fun superscript 1 = ""
  | superscript power =
      String.translate (fn digit => Vector.sub (superscripts, ord digit - ord #"0")) (Int.toString power)

fun pretty (prime, power) = Int.toString prime ^ superscript power

val name = ask "What is your name? "
val () = print ("Hello, " ^ (if name = "" then "stranger" else name) ^ "!\n")

val answer = ask "A whole number from 2 to a billion: "
fun refuse () =
  ( TextIO.output (TextIO.stdErr, "“" ^ answer ^ "” is not such a number.\n")
  ; OS.Process.exit OS.Process.failure )

val () =
  case Int.fromString answer of
    SOME number =>
      if 2 <= number andalso number <= 1000000000 andalso CharVector.all Char.isDigit answer
      then print (answer ^ " = " ^ String.concatWith " × " (map pretty (primePowers number)) ^ "\n")
      else refuse ()
  | NONE => refuse ()
