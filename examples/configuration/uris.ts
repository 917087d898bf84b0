/** Reads URIs of every storage, shows them without their secrets, and says what is wrong with one. */
import { parseUri, toUri } from '@metering/config';
import { ConfigError } from '@metering/core';

const uris = [
  'file:///var/lib/usage?shared-pool-id=pool-1',
  's3://my-bucket/prefix?region-id=us-east-1',
  's3://my-bucket/logs?region-id=us-east-1&role-arn=arn:aws:iam::123456789012:role/MeteringRole',
  's3://my-bucket/data?endpoint=https://minio.local:9000&s3-force-path-style=true',
  's3://my-bucket?region-id=us-west-2&access-key=AKSKEXAMPLE&secret-access-key=SECRET',
  'oss://my-oss-bucket/logs?region-id=oss-cn-hangzhou&role-arn=acs:ram::123456789012:role/TestRole',
  'azure://my-container/prefix?account-name=my-account&account-key=SECRET',
  's3://my-bucket?regoin-id=us-east-1',
];

for (const uri of uris) {
  try {
    const config = parseUri(uri);
    console.log(config.type, config.bucket, toUri(config, { secrets: 'redact' }));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.log(error.code, error.message);
  }
}

// Prints:
// localfs undefined localfs:///var/lib/usage?shared-pool-id=pool-1
// s3 my-bucket s3://my-bucket/prefix?region-id=us-east-1
// s3 my-bucket s3://my-bucket/logs?assume-role-arn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2FMeteringRole&region-id=us-east-1
// s3 my-bucket s3://my-bucket/data?endpoint=https%3A%2F%2Fminio.local%3A9000&s3-force-path-style=true
// s3 my-bucket s3://my-bucket?access-key=AKSKEXAMPLE&region-id=us-west-2&secret-access-key=***
// oss my-oss-bucket oss://my-oss-bucket/logs?assume-role-arn=acs%3Aram%3A%3A123456789012%3Arole%2FTestRole&region-id=oss-cn-hangzhou
// azure my-container azure://my-container/prefix?account-key=***&account-name=my-account
// INVALID_URI Invalid URI: regoin-id is unknown; did you mean region-id?
