import { inspect } from 'node:util';
import { FaultProxy } from '@metering/testing-servers';
import { callStorage, operations, storageFailure } from '@metering/testing-servers/cases';
import { afterAll, describe, expect, it } from 'vitest';
import { createOssStorage, type OssStorageOptions } from '../src/index.ts';
import { account, newBucket, startDouble } from './new-bucket.ts';

let clock: () => number = Date.now;
const double = await startDouble(() => clock());
afterAll(() => double.stop());

const body = new Uint8Array([1]);

describe.each(operations)('%s', (operation) => {
  it.each<[string, Partial<OssStorageOptions>, string]>([
    ['a missing bucket', { bucket: 'no-such-bucket-here' }, 'CONTAINER_NOT_FOUND'],
    [
      'a wrong secret',
      { credentials: { ...account, accessKeySecret: 'planted-wrong' } },
      'UNAUTHENTICATED',
    ],
    ['an unknown key', { credentials: { ...account, accessKeyId: 'NOBODY' } }, 'UNAUTHENTICATED'],
    [
      'a made-up token',
      { credentials: { ...account, securityToken: 'planted-token' } },
      'UNAUTHENTICATED',
    ],
    ['nobody who listens', { endpoint: 'http://127.0.0.1:1' }, 'UNAVAILABLE'],
  ])('%s is an error that tells, and no secret', async (_, options, code) => {
    await using storage = createOssStorage({ ...newBucket(double), attempts: 1, ...options });
    const error = await storageFailure(callStorage(storage, operation));
    expect(error).toMatchObject({ code, operation, provider: 'oss' });
    const shown = inspect(error, { depth: 20, showHidden: true }) + error.stack;
    expect(shown).not.toMatch(/planted|Signature=|OSS4-HMAC/);
  });

  it('a clock that is off is CLOCK_SKEW', async () => {
    clock = () => Date.now() + 3_600_000;
    await using storage = createOssStorage({ ...newBucket(double), attempts: 1 });
    const error = await storageFailure(callStorage(storage, operation));
    expect(error.code).toBe('CLOCK_SKEW');
    clock = Date.now;
  });
});

it('refuses the keys that OSS cannot hold', async () => {
  await using storage = createOssStorage(newBucket(double));
  for (const key of ['\\a', `${'k/'.repeat(511)}kk`]) {
    await expect(storage.put(key, body)).rejects.toMatchObject({ code: 'INVALID_KEY' });
  }
  await storage.put(`${'k/'.repeat(511)}k`, body);
});

const page = '<html><body>Sign in</body></html>';

/** An endpoint that is mistyped, or the page of a proxy: it must not read as "no usage". */
it.each([
  ...operations.map((operation) => [operation, 404, ''] as const),
  ...operations.map((operation) => [operation, 200, page] as const),
  ...operations.map((operation) => [operation, 302, page] as const),
])(
  'what answers without being OSS holds no usage, not none: %s, HTTP %i',
  async (operation, status, text) => {
    const proxy = await FaultProxy.start(double.endpoint);
    const headers = { 'content-type': 'text/html' };
    proxy.inject({ kind: 'status', status, body: text, headers }, () => true, 100);
    await using storage = createOssStorage({ ...newBucket(double), endpoint: proxy.endpoint });
    const error = await storageFailure(callStorage(storage, operation));
    expect(error).toMatchObject({ code: 'UNKNOWN', retryable: false });
    expect(error.message).toContain('check the endpoint');
    await proxy.stop();
  },
);

/** The client takes both for whole objects: a part of one, and one without bytes. */
it.each([
  ['get', 206],
  ['get', 304],
  ['head', 304],
] as const)('what was not asked for is no object: %s, HTTP %i', async (operation, status) => {
  const proxy = await FaultProxy.start(double.endpoint);
  proxy.inject({ kind: 'status', status, body: 'part', headers: { 'x-oss-request-id': 'r' } });
  await using storage = createOssStorage({ ...newBucket(double), endpoint: proxy.endpoint });
  const error = await storageFailure(callStorage(storage, operation));
  expect(error).toMatchObject({ code: 'UNKNOWN', retryable: false });
  expect(error.message).toContain(`HTTP ${status}`);
  await proxy.stop();
});

it('an object without a size has none, not NaN', async () => {
  const proxy = await FaultProxy.start(double.endpoint);
  const headers = { 'x-oss-request-id': 'r', etag: '"e"', 'transfer-encoding': 'chunked' };
  proxy.inject({ kind: 'status', status: 200, body: '', headers });
  await using storage = createOssStorage({ ...newBucket(double), endpoint: proxy.endpoint });
  const error = await storageFailure(storage.head('a'));
  expect(error).toMatchObject({ code: 'UNKNOWN' });
  expect(error.message).toContain('how large');
  await proxy.stop();
});

it.each([
  [408, 'UNAVAILABLE', true],
  [413, 'TOO_LARGE', false],
])('%i without a name is %s', async (status, code, retryable) => {
  const proxy = await FaultProxy.start(double.endpoint);
  proxy.inject({ kind: 'status', status, body: '' });
  const options = { ...newBucket(double), endpoint: proxy.endpoint, attempts: 1 };
  await using storage = createOssStorage(options);
  expect(await storageFailure(storage.get('a'))).toMatchObject({ code, retryable });
  await proxy.stop();
});

it.each(['accessKeyId', 'securityToken'])('a line break in the %s is told, once', async (name) => {
  const credentials = { ...account, [name]: 'planted\n' };
  await using storage = createOssStorage({ ...newBucket(double), credentials });
  const error = await storageFailure(storage.get('a'));
  expect(error).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
  expect(error.message).toContain('line break');
  expect(inspect(error)).not.toContain('planted');
});

it('a host that cannot be reached is named', async () => {
  const options = { ...newBucket(double), endpoint: 'http://127.0.0.1:1', attempts: 1 };
  await using storage = createOssStorage(options);
  await expect(storage.get('a')).rejects.toThrow('the store at 127.0.0.1:1 cannot be reached');
});

it('a missing bucket is named', async () => {
  await using storage = createOssStorage({ ...newBucket(double), bucket: 'no-such-bucket-here' });
  await expect(storage.get('a')).rejects.toThrow('"no-such-bucket-here"');
});
