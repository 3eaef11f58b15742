package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
)

func main() {
	größe, _, _ := bufio.NewReader(os.Stdin).ReadLine()
	runes := []rune(string(größe))
	slices.Reverse(runes)
	fmt.Println(string(runes), len(runes), "λ → 🙂")
}
