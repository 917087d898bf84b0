// Every call and every error that the double knows, by Alibaba's own Go client. It prints a line for each
// and ends with 1 when one of them is not as it should be.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss"
	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss/credentials"
)

var failed bool

func check(name string, ok bool, detail any) {
	if !ok {
		failed = true
		fmt.Println("FAILED", name, detail)
		return
	}
	fmt.Println("ok", name)
}

func codeOf(err error) string {
	var fault *oss.ServiceError
	if errors.As(err, &fault) {
		return fault.Code
	}
	return fmt.Sprint(err)
}

func checkCode(name string, err error, code string) {
	check(name, codeOf(err) == code, err)
}

func newClient(endpoint, region, id, secret, token string) *oss.Client {
	provider := credentials.NewStaticCredentialsProvider(id, secret, token)
	config := oss.LoadDefaultConfig().WithCredentialsProvider(provider).WithRegion(region).
		WithEndpoint(endpoint).WithUsePathStyle(true).WithRetryMaxAttempts(1)
	return oss.NewClient(config)
}

var odd = []string{"plain", "with space", "plus+", "percent%20", "question?", "hash#", "amp&<>\"'", "ü/中文/😀", "a/b/c", "~-._!*()"}

func main() {
	endpoint, id, secret := os.Args[1], os.Args[2], os.Args[3]
	ctx := context.Background()
	client := newClient(endpoint, "cn-hangzhou", id, secret, "")
	bucket := oss.Ptr("go-client")

	_, err := client.PutBucket(ctx, &oss.PutBucketRequest{Bucket: bucket})
	check("put bucket", err == nil, err)
	for _, key := range odd {
		roundTrip(ctx, client, bucket, key)
	}
	lists(ctx, client, bucket)
	conditions(ctx, client, bucket)
	faults(ctx, client, bucket, endpoint, id, secret)
	if failed {
		os.Exit(1)
	}
}

func roundTrip(ctx context.Context, client *oss.Client, bucket *string, key string) {
	body := []byte(strings.Repeat(key, 100))
	_, err := client.PutObject(ctx, &oss.PutObjectRequest{Bucket: bucket, Key: &key, Body: bytes.NewReader(body)})
	check("put "+key, err == nil, err)
	got, err := client.GetObject(ctx, &oss.GetObjectRequest{Bucket: bucket, Key: &key})
	check("get "+key, err == nil, err)
	if err == nil {
		read, err := io.ReadAll(got.Body)
		check("the bytes of "+key, err == nil && bytes.Equal(read, body), err)
	}
	head, err := client.HeadObject(ctx, &oss.HeadObjectRequest{Bucket: bucket, Key: &key})
	check("head "+key, err == nil && head.ContentLength == int64(len(body)), err)
}

func lists(ctx context.Context, client *oss.Client, bucket *string) {
	var keys []string
	pages := client.NewListObjectsV2Paginator(&oss.ListObjectsV2Request{Bucket: bucket, MaxKeys: 3})
	for pages.HasNext() {
		page, err := pages.NextPage(ctx)
		check("list a page", err == nil, err)
		if err != nil {
			return
		}
		for _, object := range page.Contents {
			keys = append(keys, *object.Key)
		}
	}
	check("list all", len(keys) == len(odd), keys)
	after, err := client.ListObjectsV2(ctx, &oss.ListObjectsV2Request{Bucket: bucket, StartAfter: oss.Ptr(keys[0]), Prefix: oss.Ptr("p")})
	check("list after and below", err == nil && len(after.Contents) == 3, err)
}

func conditions(ctx context.Context, client *oss.Client, bucket *string) {
	put := func(key string) error {
		_, err := client.PutObject(ctx, &oss.PutObjectRequest{Bucket: bucket, Key: &key, Body: strings.NewReader("x"), ForbidOverwrite: oss.Ptr("true")})
		return err
	}
	check("create", put("once") == nil, "")
	checkCode("create again", put("once"), "FileAlreadyExists")
	status, err := client.GetBucketVersioning(ctx, &oss.GetBucketVersioningRequest{Bucket: bucket})
	check("no versioning", err == nil && status.VersionStatus == nil, err)
	_, err = client.PutBucketVersioning(ctx, &oss.PutBucketVersioningRequest{Bucket: bucket, VersioningConfiguration: &oss.VersioningConfiguration{Status: oss.VersionEnabled}})
	check("switch versioning on", err == nil, err)
	check("create counts for nothing with versioning", put("once") == nil, "")
	status, err = client.GetBucketVersioning(ctx, &oss.GetBucketVersioningRequest{Bucket: bucket})
	check("versioning", err == nil && *status.VersionStatus == "Enabled", err)
}

func faults(ctx context.Context, client *oss.Client, bucket *string, endpoint, id, secret string) {
	get := func(client *oss.Client, bucket, key string) error {
		_, err := client.GetObject(ctx, &oss.GetObjectRequest{Bucket: &bucket, Key: &key})
		return err
	}
	checkCode("a missing key", get(client, *bucket, "none"), "NoSuchKey")
	checkCode("a missing bucket", get(client, "no-such-bucket", "none"), "NoSuchBucket")
	_, err := client.HeadObject(ctx, &oss.HeadObjectRequest{Bucket: bucket, Key: oss.Ptr("none")})
	checkCode("head of a missing key", err, "NoSuchKey")
	_, err = client.HeadObject(ctx, &oss.HeadObjectRequest{Bucket: oss.Ptr("no-such-bucket"), Key: oss.Ptr("none")})
	checkCode("head in a missing bucket", err, "NoSuchBucket")
	_, err = client.DeleteObject(ctx, &oss.DeleteObjectRequest{Bucket: bucket, Key: oss.Ptr("none")})
	check("delete of a missing key", err == nil, err)
	_, err = client.DeleteBucket(ctx, &oss.DeleteBucketRequest{Bucket: bucket})
	checkCode("delete of a full bucket", err, "BucketNotEmpty")
	checkCode("a wrong secret", get(newClient(endpoint, "cn-hangzhou", id, secret+"x", ""), *bucket, "plain"), "SignatureDoesNotMatch")
	checkCode("an unknown key id", get(newClient(endpoint, "cn-hangzhou", id+"x", secret, ""), *bucket, "plain"), "InvalidAccessKeyId")
	checkCode("another region", get(newClient(endpoint, "cn-beijing", id, secret, ""), *bucket, "plain"), "InvalidArgument")
	checkCode("a made-up token", get(newClient(endpoint, "cn-hangzhou", id, secret, "token"), *bucket, "plain"), "InvalidSecurityToken")
}
