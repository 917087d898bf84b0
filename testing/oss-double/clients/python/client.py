"""The calls and errors of the double by Alibaba's own Python client, a line for each."""

import sys

import alibabacloud_oss_v2 as oss

endpoint, key_id, secret = sys.argv[1:4]
BUCKET = "python-client"
ODD = ["plain", "with space", "plus+", "percent%20", "question?", "hash#", "amp&<>\"'", "ü/中文/😀", "a/b/c"]
failed = False


def client(region="cn-hangzhou", key_id=key_id, secret=secret, token=None):
    config = oss.config.load_default()
    config.credentials_provider = oss.credentials.StaticCredentialsProvider(key_id, secret, token)
    config.region = region
    config.endpoint = endpoint
    config.use_path_style = True
    config.retry_max_attempts = 1
    return oss.Client(config)


def check(name, ok, detail=""):
    global failed
    failed = failed or not ok
    print("ok" if ok else "FAILED", name, "" if ok else detail)


def code_of(call):
    try:
        call()
    except Exception as error:  # noqa: BLE001
        while error is not None:
            if isinstance(error, oss.exceptions.ServiceError):
                return error.code
            error = getattr(error, "unwrap", lambda: None)()
        return "no code"
    return "no error"


def get(client, key="none", bucket=BUCKET):
    return lambda: client.get_object(oss.GetObjectRequest(bucket=bucket, key=key))


def put(client, key, forbid=None):
    request = oss.PutObjectRequest(bucket=BUCKET, key=key, body=key.encode() * 100, forbid_overwrite=forbid)
    return lambda: client.put_object(request)


ours = client()
ours.put_bucket(oss.PutBucketRequest(bucket=BUCKET))
for key in ODD:
    put(ours, key)()
    check("the bytes of " + key, get(ours, key)().body.content == key.encode() * 100)
    head = ours.head_object(oss.HeadObjectRequest(bucket=BUCKET, key=key))
    check("head " + key, head.content_length == len(key.encode()) * 100)

keys = []
for page in ours.list_objects_v2_paginator().iter_page(oss.ListObjectsV2Request(bucket=BUCKET, max_keys=2)):
    keys += [found.key for found in page.contents or []]
check("list", keys == sorted(ODD, key=lambda key: key.encode()), keys)

check("create", code_of(put(ours, "once", True)) == "no error")
check("create again", code_of(put(ours, "once", True)) == "FileAlreadyExists")
check("a missing key", code_of(get(ours)) == "NoSuchKey")
check("a missing bucket", code_of(get(ours, bucket="no-such-bucket")) == "NoSuchBucket")
missing = lambda: ours.head_object(oss.HeadObjectRequest(bucket="no-such-bucket", key="none"))
check("head in a missing bucket", code_of(missing) == "NoSuchBucket", code_of(missing))
check("delete of a missing key", code_of(lambda: ours.delete_object(oss.DeleteObjectRequest(bucket=BUCKET, key="none"))) == "no error")
check("a wrong secret", code_of(get(client(secret=secret + "x"))) == "SignatureDoesNotMatch")
check("an unknown key id", code_of(get(client(key_id=key_id + "x"))) == "InvalidAccessKeyId")
check("another region", code_of(get(client(region="cn-beijing"))) == "InvalidArgument")
check("a made-up token", code_of(get(client(token="token"))) == "InvalidSecurityToken")
sys.exit(1 if failed else 0)
