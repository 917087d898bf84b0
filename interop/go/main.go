// Reads every file below a folder with Go's standard library, into the shapes that the Go SDK reads
// into, and prints every value found there: a line of JSON each, made of strings alone, so that no
// digit depends on who reads the lines.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

type meteringPage struct {
	Timestamp    int64            `json:"timestamp"`
	Category     string           `json:"category"`
	SelfID       string           `json:"self_id"`
	SharedPoolID string           `json:"shared_pool_id"`
	Part         int              `json:"part"`
	Data         []map[string]any `json:"data"`
}

type metaFile struct {
	ClusterID string         `json:"cluster_id"`
	Type      string         `json:"type"`
	Category  string         `json:"category,omitempty"`
	ModifyTS  int64          `json:"modify_ts"`
	Metadata  map[string]any `json:"metadata"`
}

type meteringValue struct {
	Value uint64 `json:"value"`
	Unit  string `json:"unit"`
}

// One value of a file. Objects and arrays are there with the number of their members.
type leaf struct {
	Key  string `json:"key"`
	Path string `json:"path"`
	Kind string `json:"kind"`
	Text string `json:"text"`
}

func main() {
	folder := os.Args[1]
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			key := strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(folder)+"/")
			printFile(key, gunzip(path))
		}
		return err
	})
	check(err, folder)
}

func check(err error, subject string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", subject, err)
		os.Exit(1)
	}
}

// The whole text must be in the first gzip member: there are readers that stop after it.
func gunzip(path string) []byte {
	body, err := os.ReadFile(path)
	check(err, path)
	rest := bytes.NewReader(body)
	member, err := gzip.NewReader(rest)
	check(err, path)
	member.Multistream(false)
	text, err := io.ReadAll(member)
	if err == nil && rest.Len() > 0 {
		err = fmt.Errorf("%d bytes after the first gzip member", rest.Len())
	}
	check(err, path)
	return text
}

func printFile(key string, text []byte) {
	if strings.HasPrefix(key, "metering/meta/") {
		var meta metaFile
		decode(key, text, &meta)
		printValue(key, "/cluster_id", meta.ClusterID)
		printValue(key, "/type", meta.Type)
		printValue(key, "/category", meta.Category)
		printValue(key, "/modify_ts", meta.ModifyTS)
		printValue(key, "/metadata", meta.Metadata)
		return
	}
	var page meteringPage
	decode(key, text, &page)
	printValue(key, "/timestamp", page.Timestamp)
	printValue(key, "/category", page.Category)
	printValue(key, "/self_id", page.SelfID)
	printValue(key, "/shared_pool_id", page.SharedPoolID)
	printValue(key, "/part", page.Part)
	printLeaf(key, "/data", "array", len(page.Data))
	for index, record := range page.Data {
		printValue(key, "/data/"+strconv.Itoa(index), record)
	}
}

// Numbers keep their digits, and nothing may follow the one object.
func decode(key string, text []byte, into any) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	check(decoder.Decode(into), key)
	if rest := int64(len(text)) - decoder.InputOffset(); rest > 0 {
		check(fmt.Errorf("%d bytes after the JSON object", rest), key)
	}
}

func printValue(key, path string, value any) {
	switch value := value.(type) {
	case map[string]any:
		printLeaf(key, path, "object", len(value))
		if metric, ok := asMetric(key+path, value); ok {
			printValue(key, path+"/value", metric.Value)
			printValue(key, path+"/unit", metric.Unit)
			return
		}
		for name, member := range value {
			printValue(key, path+"/"+pointerEscapes.Replace(name), member)
		}
	case []any:
		printLeaf(key, path, "array", len(value))
		for index, item := range value {
			printValue(key, path+"/"+strconv.Itoa(index), item)
		}
	case string:
		printLeaf(key, path, "string", value)
	case bool:
		printLeaf(key, path, "boolean", value)
	case nil:
		printLeaf(key, path, "null", "null")
	default:
		printLeaf(key, path, "number", value)
	}
}

// A metric goes through the SDK's own type, whose value is a uint64.
func asMetric(subject string, members map[string]any) (metric meteringValue, ok bool) {
	_, hasValue := members["value"]
	_, hasUnit := members["unit"]
	if !hasValue || !hasUnit {
		return metric, false
	}
	text, err := json.Marshal(members)
	check(err, subject)
	check(json.Unmarshal(text, &metric), subject)
	return metric, true
}

var (
	pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")
	lines          = json.NewEncoder(os.Stdout)
)

func printLeaf(key, path, kind string, value any) {
	check(lines.Encode(leaf{key, path, kind, fmt.Sprint(value)}), key+path)
}
