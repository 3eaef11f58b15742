## Greets you, then takes a number apart into its prime factors.
import std/[sequtils, strformat, strutils]

type Factor = tuple[prime, power: int]

const superscripts = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]

iterator primeFactors(number: int): Factor =
  var rest = number
  var prime = 2
  while rest > 1:
    if prime * prime > rest:
      prime = rest # what is left has no smaller divisor
    var power = 0
    while rest mod prime == 0:
      rest = rest div prime
      inc power
    if power > 0:
      yield (prime, power)
    inc prime

func `$`(factor: Factor): string =
  result = $factor.prime
  if factor.power > 1:
    for digit in $factor.power:
      result.add superscripts[ord(digit) - ord('0')]

proc ask(question: string): string =
  stdout.write question
  stdout.flushFile
  if stdin.endOfFile: "" else: stdin.readLine.strip

let name = ask "What is your name? "
let greeted = if name.len > 0: name else: "stranger"
echo &"Hello, {greeted}!"

let answer = ask "A whole number from 2 to a billion: "
try:
  let number = answer.parseInt
  if number notin 2 .. 1_000_000_000:
    raise newException(ValueError, "out of range")
  let factors = toSeq(primeFactors(number))
  echo number, " = ", factors.mapIt($it).join(" × ")
except ValueError:
  stderr.writeLine &"“{answer}” is not such a number."
  quit 1
