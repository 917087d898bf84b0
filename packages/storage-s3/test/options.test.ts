import { describe, expect, it } from 'vitest';
import { createS3Driver, createS3Storage, type S3StorageOptions } from '../src/index.ts';

const client = { send: async () => ({}) };

describe('options that cannot be are a TypeError that names them', () => {
  it.each<[string, Partial<S3StorageOptions>, string]>([
    ['no bucket', { bucket: '' }, 'bucket'],
    ['a directory bucket', { bucket: 'fast--usw2-az1--x-s3' }, 'directory bucket'],
    ['a path for a bucket', { bucket: 'usage/eu' }, 'withPrefix'],
    ['an empty region', { region: '' }, 'region'],
    ['a logger without methods', { logger: {} as never }, 'logger'],
    ['an onEvent that is no function', { onEvent: true as never }, 'onEvent'],
    ['an endpoint that is no URL', { endpoint: 'minio:9000' }, 'endpoint'],
    ['an STS endpoint that is no URL', { assumeRoleArn: 'a', stsEndpoint: 'sts' }, 'stsEndpoint'],
    ['a key without its secret', { credentials: { accessKeyId: 'a' } as never }, 'secretAccessKey'],
    ['a region beside a client', { client, region: 'us-east-1' }, 'region'],
    ['credentials beside a client', { client, credentials: async () => never() }, 'credentials'],
    ['a role beside a client', { client, assumeRoleArn: 'arn' }, 'assumeRoleArn'],
    ['an external id without a role', { externalId: 'x' }, 'externalId'],
    ['a session that is too short', { assumeRoleArn: 'a', durationSeconds: 60 }, 'durationSeconds'],
    ['no requests at all', { concurrency: 0 }, 'concurrency'],
    ['a time-out of 0', { requestTimeoutMs: 0 }, 'requestTimeoutMs'],
  ])('%s', (_, options, name) => {
    expect(() => createS3Storage({ bucket: 'b', ...options })).toThrow(TypeError);
    expect(() => createS3Storage({ bucket: 'b', ...options })).toThrow(name);
  });
});

// A misspelt option was as if not given: usage went where nobody looked for it.
describe('an option that there is not is a TypeError that says which there are', () => {
  it.each<[string, (options: never) => unknown, object, string]>([
    [
      'createS3Storage',
      createS3Storage,
      { bucket: 'b', prefx: 'a' },
      'createS3Storage: there is no option prefx, only bucket, region,',
    ],
    [
      'createS3Driver',
      createS3Driver,
      { atempts: 3 },
      'createS3Driver: there is no option atempts, only region,',
    ],
    [
      'createS3Driver, of what a configuration says',
      createS3Driver,
      { bucket: 'b' },
      'createS3Driver: there is no option bucket, only region,',
    ],
  ])('%s', (_, create, options, message) => {
    expect(() => create(options as never)).toThrow(TypeError);
    expect(() => create(options as never)).toThrow(message);
  });

  it.each([undefined, null, 'usage', Promise.resolve({ bucket: 'b' })])(
    'options are an object, not %o',
    (options) => {
      expect(() => createS3Storage(options as never)).toThrow(
        'createS3Storage: options must be an object, got',
      );
    },
  );
});

function never(): never {
  throw new Error('not called');
}
