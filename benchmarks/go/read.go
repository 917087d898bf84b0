package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"sync"
)

func loadPages(folder string) (files [][]byte) {
	check(filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		files = append(files, body)
		return err
	}))
	return files
}

// Keeps all pages, as the SDK does when it reads a list of files.
func readPages(files [][]byte, goroutines int) result {
	pages := make([]meteringPage, len(files))
	forEach(len(files), goroutines, func(index int) { pages[index] = readPage(files[index]) })
	done := result{Pages: len(pages)}
	for index, page := range pages {
		done.Records += len(page.Data)
		done.GzipBytes += len(files[index])
	}
	return done
}

func readPage(body []byte) (page meteringPage) {
	decompressor, err := gzip.NewReader(bytes.NewReader(body))
	check(err)
	text, err := io.ReadAll(io.LimitReader(decompressor, 100<<20))
	check(err)
	check(json.Unmarshal(text, &page))
	return page
}

// Calls work with every number below count, by so many goroutines.
func forEach(count, goroutines int, work func(index int)) {
	indexes := make(chan int, count)
	for index := range count {
		indexes <- index
	}
	close(indexes)
	var group sync.WaitGroup
	for range goroutines {
		group.Add(1)
		go func() {
			defer group.Done()
			for index := range indexes {
				work(index)
			}
		}()
	}
	group.Wait()
}
