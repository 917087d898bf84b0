// A service in Go that shares a bucket with one in Node. It does what the Go SDK does, with the same
// types and the same client: `write MINUTE` writes a page, `read MINUTE` prints every page of a minute
// and the sum of all requests. S3_ENDPOINT, BUCKET and the AWS SDK's own variables say where.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// #region record
type meteringValue struct {
	Value uint64 `json:"value"`
	Unit  string `json:"unit"`
}

// A record of one's own instead of a map: its uint64 keeps every digit.
type usage struct {
	LogicalClusterID string        `json:"logical_cluster_id"`
	Requests         meteringValue `json:"requests"`
}

// #endregion record

type page struct {
	Timestamp    int64   `json:"timestamp"`
	Category     string  `json:"category"`
	SelfID       string  `json:"self_id"`
	SharedPoolID string  `json:"shared_pool_id"`
	Part         int     `json:"part"`
	Data         []usage `json:"data"`
}

var (
	ctx    = context.Background()
	bucket = aws.String(os.Getenv("BUCKET"))
	client = s3.New(s3.Options{
		Region:       os.Getenv("AWS_REGION"),
		BaseEndpoint: aws.String(os.Getenv("S3_ENDPOINT")),
		UsePathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider(
			os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), ""),
	})
)

func main() {
	command, minute := os.Args[1], os.Args[2]
	if command == "write" {
		write(minute)
		return
	}
	read(minute)
}

func write(minute string) {
	content := page{Category: "tidb-server", SelfID: "go1", SharedPoolID: "default-shared-pool"}
	fmt.Sscan(minute, &content.Timestamp)
	content.Data = []usage{{"lc-1", meteringValue{math.MaxUint64, "count"}}}
	text, err := json.Marshal(content)
	check(err)
	var body bytes.Buffer
	zip := gzip.NewWriter(&body)
	_, err = zip.Write(text)
	check(err)
	check(zip.Close())
	key := fmt.Sprintf("usage/metering/ru/%s/%s/%s/%s-0.json.gz",
		minute, content.Category, content.SharedPoolID, content.SelfID)
	_, err = client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: bucket, Key: &key, Body: bytes.NewReader(body.Bytes()),
	})
	check(err)
	fmt.Println("wrote", strings.TrimPrefix(key, "usage/"))
}

func read(minute string) {
	prefix := "usage/metering/ru/" + minute + "/"
	list, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: bucket, Prefix: &prefix})
	check(err)
	sum := new(big.Int)
	for _, object := range list.Contents {
		content := download(object.Key)
		for _, record := range content.Data {
			sum.Add(sum, new(big.Int).SetUint64(record.Requests.Value))
		}
		fmt.Println("read", content.Category, content.SelfID, len(content.Data))
	}
	fmt.Println("sum", sum)
}

func download(key *string) (content page) {
	object, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: key})
	check(err)
	defer object.Body.Close()
	zip, err := gzip.NewReader(object.Body)
	check(err)
	check(json.NewDecoder(zip).Decode(&content))
	return content
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
