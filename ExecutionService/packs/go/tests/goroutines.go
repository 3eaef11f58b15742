package main

import (
	"fmt"
	"sync"
)

func main() {
	squares := make([]int, 100)
	var waiting sync.WaitGroup
	for i := range squares {
		waiting.Add(1)
		go func() {
			defer waiting.Done()
			squares[i] = i * i
		}()
	}
	waiting.Wait()
	fmt.Println(squares[97:])
}
