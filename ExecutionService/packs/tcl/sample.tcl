# Greets you, then takes a number apart into its prime factors.

proc ask {question} {
    puts -nonewline $question
    flush stdout ;# the question has no newline, so it would wait in the buffer
    return [string trim [gets stdin]]
}

# A dictionary of the prime factors and their powers, smallest first.
proc primeFactors {number} {
    set powers [dict create]
    for {set divisor 2} {$divisor * $divisor <= $number} {incr divisor} {
        while {$number > $divisor && $number % $divisor == 0} {
            dict incr powers $divisor
            set number [expr {$number / $divisor}]
        }
    }
    dict incr powers $number
    return $powers
}

proc pretty {prime power} {
    if {$power == 1} {
        return $prime
    }
    return $prime[string map {0 ⁰ 1 ¹ 2 ² 3 ³ 4 ⁴ 5 ⁵ 6 ⁶ 7 ⁷ 8 ⁸ 9 ⁹} $power]
}

set name [ask "What is your name? "]
puts "Hello, [expr {$name eq "" ? "stranger" : $name}]!"

set answer [ask "A whole number from 2 to a billion: "]
if {![regexp {^[1-9]\d*$} $answer] || $answer < 2 || $answer > 1000000000} {
    puts stderr "“$answer” is not such a number."
    exit 1
}

set factors [lmap {prime power} [primeFactors $answer] {pretty $prime $power}]
puts "$answer = [join $factors " × "]"
