import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { RunningServer } from './start-server.ts';

/** A bucket, and the way to it: what a client or a storage needs to know. */
export interface S3Bucket {
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly forcePathStyle: boolean;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * Makes an empty bucket on a server that speaks S3. Its name is new: a server that was given keeps what
 * earlier runs left.
 */
export async function newS3Bucket({
  endpoint,
  accessKeyId,
  secretAccessKey,
}: Omit<RunningServer, 'stop'>): Promise<S3Bucket> {
  const credentials = { accessKeyId, secretAccessKey };
  const connection = { endpoint, region: 'us-east-1', forcePathStyle: true, credentials };
  const bucket = `metering-${crypto.randomUUID()}`;
  const client = new S3Client(connection);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return { ...connection, bucket };
}
