package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strconv"
)

// What the SDK's users put into a record.
type meteringValue struct {
	Value uint64 `json:"value"`
	Unit  string `json:"unit"`
}

// Reads records, a line of JSON each, into what an application would hand to the SDK.
func loadRecords(path string) []map[string]any {
	text, err := os.ReadFile(path)
	check(err)
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var records []map[string]any
	for {
		var record map[string]any
		err := decoder.Decode(&record)
		if err == io.EOF {
			return records
		}
		check(err)
		for name, member := range record {
			record[name] = native(member)
		}
		records = append(records, record)
	}
}

func native(value any) any {
	switch value := value.(type) {
	case json.Number:
		integer, err := strconv.ParseUint(value.String(), 10, 64)
		check(err)
		return integer
	case map[string]any:
		for name, member := range value {
			value[name] = native(member)
		}
		integer, isMetric := value["value"].(uint64)
		unit, hasUnit := value["unit"].(string)
		if isMetric && hasUnit {
			return &meteringValue{Value: integer, Unit: unit}
		}
	}
	return value
}
