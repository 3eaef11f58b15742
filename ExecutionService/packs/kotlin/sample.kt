// Greets you, then takes a number apart into its prime factors.
import kotlin.system.exitProcess

data class Factor(val prime: Int, val power: Int) {
    override fun toString() = if (power == 1) "$prime" else "$prime${power.superscript()}"

    private fun Int.superscript() = "$this".map { "⁰¹²³⁴⁵⁶⁷⁸⁹"[it.digitToInt()] }.joinToString("")
}

fun primeFactors(number: Int) = sequence {
    var rest = number
    var divisor = 2
    while (divisor * divisor <= rest) {
        if (rest % divisor == 0) {
            yield(divisor)
            rest /= divisor
        } else {
            divisor++
        }
    }
    yield(rest)
}

fun ask(question: String): String {
    print(question)
    return readlnOrNull().orEmpty().trim()
}

fun main() {
    println("Hello, ${ask("What is your name? ").ifEmpty { "stranger" }}!")

    val answer = ask("A whole number from 2 to a billion: ")
    val number = answer.toIntOrNull()?.takeIf { it in 2..1_000_000_000 }
    if (number == null) {
        System.err.println("“$answer” is not such a number.")
        exitProcess(1)
    }

    val factors = primeFactors(number).groupingBy { it }.eachCount().map { (prime, power) -> Factor(prime, power) }
    println("$number = ${factors.joinToString(" × ")}")
}
