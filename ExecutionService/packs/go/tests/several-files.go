package main

import (
	_ "embed"
	"fmt"

	"main/shapes"
)

//go:embed unit.txt
var unit string

func main() {
	fmt.Print(area(shapes.Square{Side: side()}), unit)
}
