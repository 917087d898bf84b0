// Apart from the servers: who needs no bucket loads no client of S3.
export { newS3Bucket, type S3Bucket } from './lib/new-s3-bucket.ts';
