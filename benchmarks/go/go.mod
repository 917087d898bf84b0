module metering/benchmarks

go 1.23
