// The steps of the Go SDK, by Go's standard library alone, timed:
//
//	benchmark write RECORDS PAGE_SIZE LEVEL REPEAT [FOLDER]   in memory without a folder
//	benchmark read FILES memory|folder REPEAT
//
// It runs each once to warm up, then REPEAT times, and prints one JSON object.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"
)

type result struct {
	Milliseconds []float64 `json:"milliseconds"`
	Pages        int       `json:"pages"`
	Records      int       `json:"records"`
	GzipBytes    int       `json:"gzipBytes"`
}

func main() {
	arguments := os.Args[2:]
	switch os.Args[1] {
	case "write":
		records := loadRecords(arguments[0])
		writer := pageWriter{pageSize: number(arguments[1]), level: number(arguments[2])}
		measure(number(arguments[3]), func(run int) result {
			if len(arguments) > 4 {
				writer.folder = fmt.Sprintf("%s/go-%d", arguments[4], run)
				defer os.RemoveAll(writer.folder)
			}
			return timed(func() result { return writer.write(records) })
		})
	case "read":
		source := openPages(arguments[0], arguments[1] == "memory")
		measure(number(arguments[2]), func(int) result {
			return timed(func() result { return readPages(source) })
		})
	}
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

func measure(repeat int, run func(run int) result) {
	run(0)
	var all result
	for index := 1; index <= repeat; index++ {
		one := run(index)
		one.Milliseconds = append(all.Milliseconds, one.Milliseconds...)
		all = one
	}
	check(json.NewEncoder(os.Stdout).Encode(all))
}

func timed(work func() result) result {
	start := time.Now()
	done := work()
	done.Milliseconds = []float64{float64(time.Since(start).Microseconds()) / 1000}
	return done
}
