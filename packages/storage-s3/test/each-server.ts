import type { RunningServer } from '@metering/testing-servers';
import { newS3Bucket, type S3Bucket } from '@metering/testing-servers/s3';
import { describe, inject } from 'vitest';

/** A server that runs, with what tests need of it. */
export interface S3Server extends Omit<RunningServer, 'stop'> {
  /** Options for a storage on it, in a bucket of its own. */
  newBucket(): Promise<S3Bucket>;
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
      describe(`${title} on ${server.name}`, () =>
        tests({ ...server, newBucket: () => newS3Bucket(server) }));
    }
  }
}

const nowhere = {
  endpoint: 'http://127.0.0.1:1',
  accessKeyId: 'none',
  secretAccessKey: 'none',
  newBucket: () => Promise.reject(new Error('no server')),
};
