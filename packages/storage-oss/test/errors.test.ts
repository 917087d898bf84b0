import { inspect } from 'node:util';
import { isStorageError, type StorageProvider } from '@metering/core';
import { FaultProxy } from '@metering/testing-servers';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createOssStorage, type OssStorageOptions } from '../src/index.ts';
import { account, newBucket, startDouble } from './new-bucket.ts';

let clock: () => number = Date.now;
const double = await startDouble(() => clock());
afterAll(() => double.stop());

const body = new TextEncoder().encode('planted-body');
const operations = ['put', 'get', 'head', 'delete', 'list'] as const;

async function failure(options: OssStorageOptions, operation: (typeof operations)[number]) {
  await using storage = createOssStorage({ attempts: 1, ...options });
  try {
    await call(storage, operation);
  } catch (error) {
    if (isStorageError(error)) return error;
    throw error;
  }
  throw new Error('succeeded');
}

async function call(storage: StorageProvider, operation: (typeof operations)[number]) {
  if (operation === 'put') return storage.put('a/b', body);
  if (operation !== 'list') return storage[operation]('a/b');
  for await (const info of storage.list()) return info;
  return undefined;
}

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
    const error = await failure({ ...newBucket(double), ...options }, operation);
    expect(error).toMatchObject({ code, operation, provider: 'oss' });
    const shown = inspect(error, { depth: 20, showHidden: true }) + error.stack;
    expect(shown).not.toMatch(/planted|Signature=|OSS4-HMAC/);
  });

  it('a clock that is off is CLOCK_SKEW', async () => {
    clock = () => Date.now() + 3_600_000;
    const error = await failure(newBucket(double), operation);
    expect(error.code).toBe('CLOCK_SKEW');
    clock = Date.now;
  });
});

it('closes the connection of a call that is aborted, and rejects with the reason at once', async () => {
  const proxy = await FaultProxy.start(double.endpoint);
  await using storage = createOssStorage({ ...newBucket(double), endpoint: proxy.endpoint });
  await storage.put('a', new Uint8Array(1_000_000));
  for (const fault of [
    { kind: 'stall-body' },
    { kind: 'slow-headers', delayMs: 60_000 },
  ] as const) {
    proxy.reset();
    proxy.inject(fault);
    const controller = new AbortController();
    const reading = storage.get('a', { signal: controller.signal });
    await vi.waitFor(() => expect(proxy.requests).toHaveLength(1));
    controller.abort('enough');
    await expect(reading).rejects.toBe('enough');
    await vi.waitFor(() => expect(proxy.requests[0]?.closedByClient).toBe(true));
  }
  await proxy.stop();
});

it('refuses the keys that OSS cannot hold', async () => {
  await using storage = createOssStorage(newBucket(double));
  for (const key of ['\\a', `${'k/'.repeat(511)}kk`]) {
    await expect(storage.put(key, body)).rejects.toMatchObject({ code: 'INVALID_KEY' });
  }
  await storage.put(`${'k/'.repeat(511)}k`, body);
});
