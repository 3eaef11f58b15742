# Greets you, then takes a number apart into its prime factors.
{ createInterface } = require 'node:readline'

lines = createInterface(input: process.stdin)[Symbol.asyncIterator]()

ask = (question) ->
  process.stdout.write question
  { value } = await lines.next()
  (value ? '').trim()

primeFactors = (number) ->
  divisor = 2
  while divisor * divisor <= number
    if number % divisor is 0
      yield divisor
      number /= divisor
    else
      divisor++
  yield number
  return

pretty = ([prime, power]) ->
  superscript = ('⁰¹²³⁴⁵⁶⁷⁸⁹'[digit] for digit in String power).join ''
  if power is 1 then prime else prime + superscript

do ->
  name = await ask 'What is your name? '
  console.log "Hello, #{name or 'stranger'}!"

  answer = await ask 'A whole number from 2 to a billion: '
  number = Number answer
  if Number.isInteger(number) and 2 <= number <= 1e9
    powers = new Map
    powers.set prime, (powers.get(prime) ? 0) + 1 for prime from primeFactors number
    console.log "#{number} = #{[powers...].map(pretty).join ' × '}"
  else
    console.error "“#{answer}” is not such a number."
    process.exitCode = 1
  process.stdin.destroy()
