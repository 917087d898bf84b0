import { inspect } from 'node:util';
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
