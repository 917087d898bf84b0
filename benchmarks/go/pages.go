package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

type meteringPage struct {
	Timestamp    int64            `json:"timestamp"`
	Category     string           `json:"category"`
	SelfID       string           `json:"self_id"`
	SharedPoolID string           `json:"shared_pool_id"`
	Part         int              `json:"part"`
	Data         []map[string]any `json:"data"`
}

type pageWriter struct {
	pageSize int
	level    int
	// Empty: pages are made and dropped.
	folder string
	done   result
}

// Marshals every record for its size alone, and again with its page. A page size of 0 never splits.
func (writer *pageWriter) write(records []map[string]any) result {
	writer.done = result{Records: len(records)}
	start, size := 0, 0
	for index, record := range records {
		if writer.pageSize == 0 {
			break
		}
		text, err := json.Marshal(record)
		check(err)
		if index > start && size+len(text) > writer.pageSize {
			writer.writePage(records[start:index])
			start, size = index, 0
		}
		size += len(text)
	}
	writer.writePage(records[start:])
	return writer.done
}

func (writer *pageWriter) writePage(records []map[string]any) {
	page := meteringPage{1755850380, "tidb-server", "bench", "default-shared-pool", writer.done.Pages, records}
	text, err := json.Marshal(page)
	check(err)
	var body bytes.Buffer
	compressor, err := gzip.NewWriterLevel(&body, writer.level)
	check(err)
	_, err = compressor.Write(text)
	check(err)
	check(compressor.Close())
	if writer.folder != "" {
		writer.store(body.Bytes())
	}
	writer.done.Pages++
	writer.done.GzipBytes += body.Len()
}

// As the SDK does: is it there, and if not, write it in place.
func (writer *pageWriter) store(body []byte) {
	path := fmt.Sprintf("%s/%d.json.gz", writer.folder, writer.done.Pages)
	check(os.MkdirAll(writer.folder, 0o755))
	if _, err := os.Stat(path); err == nil {
		check(os.ErrExist)
	}
	check(os.WriteFile(path, body, 0o644))
}

// Gives the bytes of each page, out of memory or out of its file.
type pageSource []func() []byte

func openPages(folder string, inMemory bool) pageSource {
	var source pageSource
	check(filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		load := func() []byte {
			body, err := os.ReadFile(path)
			check(err)
			return body
		}
		if inMemory {
			body := load()
			load = func() []byte { return body }
		}
		source = append(source, load)
		return nil
	}))
	return source
}

// A goroutine a page, all pages kept, as the SDK reads a list of files.
func readPages(source pageSource) result {
	pages := make([]meteringPage, len(source))
	sizes := make([]int, len(source))
	var group sync.WaitGroup
	for index, load := range source {
		group.Add(1)
		go func(index int, load func() []byte) {
			defer group.Done()
			body := load()
			sizes[index] = len(body)
			pages[index] = readPage(body)
		}(index, load)
	}
	group.Wait()
	done := result{Pages: len(pages)}
	for index, page := range pages {
		done.Records += len(page.Data)
		done.GzipBytes += sizes[index]
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
