// Greets you, then takes a number apart into its prime factors.
open System

type Factor =
    { Prime: int
      Power: int }

    override factor.ToString() =
        if factor.Power = 1 then string factor.Prime else $"{factor.Prime}{Factor.Superscript factor.Power}"

    static member private Superscript(power: int) =
        string power |> String.map (fun digit -> "⁰¹²³⁴⁵⁶⁷⁸⁹"[int digit - int '0'])

let rec primeFactors divisor number =
    seq {
        if divisor > number / divisor then
            yield number // it has no smaller divisor
        elif number % divisor = 0 then
            yield divisor
            yield! primeFactors divisor (number / divisor)
        else
            yield! primeFactors (divisor + 1) number
    }

let ask (question: string) =
    Console.Write question

    match Console.ReadLine() with
    | null -> ""
    | line -> line.Trim()

let (|WholeNumber|_|) (text: string) =
    match Int32.TryParse text with
    | true, number when number >= 2 && number <= 1_000_000_000 -> Some number
    | _ -> None

[<EntryPoint>]
let main _ =
    let name = ask "What is your name? "
    printfn "Hello, %s!" (if name = "" then "stranger" else name)

    match ask "A whole number from 2 to a billion: " with
    | WholeNumber number ->
        primeFactors 2 number
        |> Seq.countBy id
        |> Seq.map (fun (prime, power) -> string { Prime = prime; Power = power })
        |> String.concat " × "
        |> printfn "%d = %s" number

        0
    | answer ->
        eprintfn "“%s” is not such a number." answer
        1
