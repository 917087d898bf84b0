module metering/interop

go 1.21
