package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	sum := 0
	for {
		var number int
		if _, err := fmt.Scan(&number); err == io.EOF {
			break
		}
		sum += number
	}
	fmt.Println(sum)
	os.Exit(3)
}
