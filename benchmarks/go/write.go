package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
)

// Makes pages and drops them.
type pageWriter struct {
	pageSize int
	level    int
	done     result
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
	writer.done.Pages++
	writer.done.GzipBytes += body.Len()
}
