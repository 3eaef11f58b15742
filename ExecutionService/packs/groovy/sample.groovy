// Greets you, then takes a number apart into its prime factors.

final SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
final input = System.in.newReader()

def ask = { String question ->
    print question
    System.out.flush()
    input.readLine()?.trim() ?: ''
}

List<Integer> primeFactors(int number) {
    def factors = []
    for (int divisor = 2; divisor * divisor <= number; divisor++) {
        while (number > divisor && number % divisor == 0) {
            factors << divisor
            number = number.intdiv(divisor)
        }
    }
    factors << number
}

def superscript = { int power ->
    power == 1 ? '' : power.toString().collect { SUPERSCRIPTS[it as int] }.join()
}

println "Hello, ${ask('What is your name? ') ?: 'stranger'}!"

def answer = ask('A whole number from 2 to a billion: ')
if (!answer.isInteger() || !(answer.toInteger() in 2..1_000_000_000)) {
    System.err.println "“${answer}” is not such a number."
    System.exit 1
}

def powers = primeFactors(answer as int).countBy { it }
println "$answer = ${powers.collect { prime, power -> prime + superscript(power) }.join(' × ')}"
