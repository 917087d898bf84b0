import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { RunningServer } from '@metering/testing-servers';
import { describe, inject } from 'vitest';
import type { S3StorageOptions } from '../src/index.ts';

/** A server that runs, with what tests need of it. */
export interface S3Server extends Omit<RunningServer, 'stop'> {
  /** Options for a storage on it, in a bucket of its own. */
  newBucket(): Promise<S3StorageOptions>;
}

/** Describes tests for each server; without one they are skipped, and the title says why. */
export function describeEachServer(
  title: string,
  tests: (server: S3Server) => void,
  names: readonly string[] = ['minio', 'versitygw'],
): void {
  for (const server of inject('servers')) {
    if (!names.includes(server.name)) continue;
    if ('missing' in server) {
      describe.skip(`${title} (${server.missing})`, () => tests({ ...server, ...nowhere }));
    } else {
      describe(`${title} on ${server.name}`, () => tests(withBuckets(server)));
    }
  }
}

const nowhere = {
  endpoint: 'http://127.0.0.1:1',
  accessKeyId: 'none',
  secretAccessKey: 'none',
  newBucket: () => Promise.reject(new Error('no server')),
};

function withBuckets(server: Omit<RunningServer, 'stop'>): S3Server {
  const options = {
    endpoint: server.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: server.accessKeyId, secretAccessKey: server.secretAccessKey },
  };
  const newBucket = async () => {
    const bucket = `metering-${crypto.randomUUID()}`;
    const client = new S3Client(options);
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    client.destroy();
    return { ...options, bucket };
  };
  return { ...server, newBucket };
}
