// Greets you, then takes a number apart into its prime factors.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type factor struct{ prime, power int }

func (f factor) String() string {
	text := strconv.Itoa(f.prime)
	if f.power > 1 {
		for _, digit := range strconv.Itoa(f.power) {
			text += string([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[digit-'0'])
		}
	}
	return text
}

// primeFactors sends the prime factors of number to the channel, smallest first.
func primeFactors(number int, found chan<- factor) {
	defer close(found)
	for prime := 2; number > 1; prime++ {
		if prime*prime > number {
			prime = number // what is left has no smaller divisor
		}
		power := 0
		for ; number%prime == 0; number /= prime {
			power++
		}
		if power > 0 {
			found <- factor{prime, power}
		}
	}
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	ask := func(question string) string {
		fmt.Print(question)
		input.Scan()
		return strings.TrimSpace(input.Text())
	}

	name := ask("What is your name? ")
	if name == "" {
		name = "stranger"
	}
	fmt.Printf("Hello, %s!\n", name)

	answer := ask("A whole number from 2 to a billion: ")
	number, err := strconv.Atoi(answer)
	if err != nil || number < 2 || number > 1e9 {
		fmt.Fprintf(os.Stderr, "“%s” is not such a number.\n", answer)
		os.Exit(1)
	}

	found := make(chan factor)
	go primeFactors(number, found)
	separator := fmt.Sprintf("%d = ", number)
	for factor := range found {
		fmt.Print(separator, factor)
		separator = " × "
	}
	fmt.Println()
}
