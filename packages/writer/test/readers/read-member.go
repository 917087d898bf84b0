// Prints the SHA-256 of the text of each gzip file. Nothing may follow its first member.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

func main() {
	for _, path := range os.Args[1:] {
		body, err := os.ReadFile(path)
		check(err, path)
		rest := bytes.NewReader(body)
		member, err := gzip.NewReader(rest)
		check(err, path)
		member.Multistream(false)
		text, err := io.ReadAll(member)
		if err == nil && rest.Len() > 0 {
			err = fmt.Errorf("%d bytes after the first member", rest.Len())
		}
		check(err, path)
		fmt.Printf("%x\n", sha256.Sum256(text))
	}
}

func check(err error, path string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
		os.Exit(1)
	}
}
