# Greets you, then takes a number apart into its prime factors.

BEGIN {
    split("⁰ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹", superscripts, " ")
    ask("What is your name? ")
}

NR == 1 {
    print "Hello, " ($0 == "" ? "stranger" : $0) "!"
    ask("A whole number from 2 to a billion: ")
}

NR == 2 {
    if (!/^[0-9]+$/ || $0 < 2 || $0 > 1000000000) {
        print "“" $0 "” is not such a number." > "/dev/stderr"
        exit 1
    }
    print $0 " = " factors($0)
    exit
}

function ask(question) {
    printf "%s", question
    fflush() # the question has no newline, so it would wait in the buffer
}

function factors(number,    prime, power, product) {
    for (prime = 2; number > 1; prime++) {
        if (prime * prime > number)
            prime = number # what is left has no smaller divisor
        for (power = 0; number % prime == 0; power++)
            number /= prime
        if (power > 0)
            product = product (product ? " × " : "") prime superscript(power)
    }
    return product
}

function superscript(power,    digits, i, text) {
    if (power == 1)
        return ""
    for (i = split(power, digits, ""); i > 0; i--)
        text = superscripts[digits[i] + 1] text
    return text
}
