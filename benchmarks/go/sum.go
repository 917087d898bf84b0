package main

import "sync"

type metric struct{ name, unit string }

// What pages add up to, metric by metric. Integers beyond 2^53 were rounded when they were unmarshalled.
type totals struct {
	amounts map[metric]float64
	records int
}

// Adds up each page where it was read, and the pages' totals afterwards.
func sumPages(files [][]byte, goroutines int) result {
	all := totals{amounts: map[metric]float64{}}
	var lock sync.Mutex
	forEach(len(files), goroutines, func(index int) {
		one := sumPage(readPage(files[index]))
		lock.Lock()
		defer lock.Unlock()
		all.add(one)
	})
	done := result{Pages: len(files), Records: all.records}
	for _, amount := range all.amounts {
		done.Sum += amount
	}
	return done
}

func sumPage(page meteringPage) totals {
	sum := totals{amounts: map[metric]float64{}, records: len(page.Data)}
	for _, record := range page.Data {
		for name, member := range record {
			used, _ := member.(map[string]any)
			value, isNumber := used["value"].(float64)
			unit, hasUnit := used["unit"].(string)
			if isNumber && hasUnit {
				sum.amounts[metric{name, unit}] += value
			}
		}
	}
	return sum
}

func (sum *totals) add(other totals) {
	sum.records += other.records
	for key, amount := range other.amounts {
		sum.amounts[key] += amount
	}
}
