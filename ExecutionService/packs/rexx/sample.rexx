/* Greets you, then takes a number apart into its prime factors. */
name = ask("What is your name? ")
if name = "" then name = "stranger"
say "Hello, "name"!"

answer = ask("A whole number from 2 to a billion: ")
if \datatype(answer, "W") | answer < 2 | answer > 1000000000 then do
  call lineout "<stderr>", "“"answer"” is not such a number."
  exit 1
end
say answer "=" prime_factors(answer)
exit 0

ask: procedure
  parse arg question
  call charout , question
  parse linein answer
  return strip(answer)

/* The prime factors of a number, each with its power, as in 2³ × 3² × 5. */
prime_factors: procedure
  parse arg number
  found = ""
  do prime = 2 while number > 1
    if prime * prime > number then prime = number   /* What is left has no smaller divisor. */
    do power = 0 while number // prime = 0
      number = number % prime
    end
    if power > 0 then found = found "×" prime || superscript(power)
  end
  return subword(found, 2)

superscript: procedure
  parse arg power
  signs = "⁰ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹"
  if power = 1 then return ""
  text = ""
  do place = 1 to length(power)
    text = text || word(signs, substr(power, place, 1) + 1)
  end
  return text
