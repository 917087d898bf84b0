// The reference's steps on S3, by the AWS SDK for Go: HEAD then PUT, HEAD then GET. Prints milliseconds.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func main() {
	endpoint, id, secret, bucket := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	objects, size, concurrency := number(5), number(6), number(7)
	client := s3.New(s3.Options{
		Region:       "us-east-1",
		BaseEndpoint: aws.String(endpoint),
		UsePathStyle: true,
		Credentials:  credentials.NewStaticCredentialsProvider(id, secret, ""),
	})
	body := make([]byte, size)
	rand.Read(body)
	ctx := context.Background()

	writing := timed(objects, concurrency, func(i int) {
		key := aws.String(fmt.Sprintf("go/%d", i))
		_, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: key})
		if err == nil {
			panic("the object exists")
		}
		_, err = client.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: key, Body: bytes.NewReader(body)})
		check(err)
	})
	reading := timed(objects, concurrency, func(i int) {
		key := aws.String(fmt.Sprintf("go/%d", i))
		_, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: key})
		check(err)
		got, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: key})
		check(err)
		_, err = io.Copy(io.Discard, got.Body)
		check(err)
		got.Body.Close()
	})
	fmt.Printf("{\"write\":%f,\"read\":%f}\n", writing, reading)
}

func timed(objects, concurrency int, run func(i int)) float64 {
	started := time.Now()
	var group sync.WaitGroup
	next := make(chan int)
	for range concurrency {
		group.Go(func() {
			for i := range next {
				run(i)
			}
		})
	}
	for i := range objects {
		next <- i
	}
	close(next)
	group.Wait()
	return float64(time.Since(started).Microseconds()) / 1000
}

func number(index int) int {
	value, err := strconv.Atoi(os.Args[index])
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
