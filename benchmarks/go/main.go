// The steps of the Go SDK, by Go's standard library alone, in memory, timed:
//
//	benchmark write RECORDS PAGE_SIZE LEVEL REPEAT
//	benchmark read FOLDER GOROUTINES REPEAT    every page read and kept
//	benchmark sum FOLDER GOROUTINES REPEAT     every page read and added up
//
// It runs each once to warm up, then REPEAT times, and prints one JSON object. GOROUTINES are numbers
// parted by commas: what is printed is of the one that was fastest.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

type result struct {
	Milliseconds []float64 `json:"milliseconds"`
	Goroutines   int       `json:"goroutines"`
	Pages        int       `json:"pages"`
	Records      int       `json:"records"`
	GzipBytes    int       `json:"gzipBytes"`
	// Of all values, whatever they are of: to compare.
	Sum float64 `json:"sum"`
}

func main() {
	arguments := os.Args[2:]
	var best result
	switch os.Args[1] {
	case "write":
		records := loadRecords(arguments[0])
		writer := pageWriter{pageSize: number(arguments[1]), level: number(arguments[2])}
		best = measure(number(arguments[3]), func() result { return writer.write(records) })
		best.Goroutines = 1
	case "read":
		best = fastest(arguments, readPages)
	case "sum":
		best = fastest(arguments, sumPages)
	}
	check(json.NewEncoder(os.Stdout).Encode(best))
}

// With each number of goroutines; the one with the least median.
func fastest(arguments []string, work func(files [][]byte, goroutines int) result) (best result) {
	files := loadPages(arguments[0])
	for _, goroutines := range strings.Split(arguments[1], ",") {
		count := number(goroutines)
		one := measure(number(arguments[2]), func() result { return work(files, count) })
		one.Goroutines = count
		if best.Goroutines == 0 || median(one.Milliseconds) < median(best.Milliseconds) {
			best = one
		}
	}
	return best
}

func measure(repeat int, work func() result) result {
	done := work()
	for range repeat {
		start := time.Now()
		one := work()
		one.Milliseconds = append(done.Milliseconds, float64(time.Since(start).Microseconds())/1000)
		done = one
	}
	return done
}

func median(numbers []float64) float64 {
	sorted := slices.Sorted(slices.Values(numbers))
	return sorted[len(sorted)/2]
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
