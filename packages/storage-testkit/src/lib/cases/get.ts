import assert from 'node:assert/strict';
import type { StorageProvider } from '@metering/core';
import { assertBytes } from '../assert-bytes.ts';
import { assertStorageError } from '../assert-storage-error.ts';
import { assertTypeError } from '../assert-type-error.ts';
import { bodyOf, emptyBody } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';

const KEY = 'folder/object';
const ONE_MEBIBYTE = 1024 * 1024;
/** More than any client keeps connections. */
const MANY = 60;

export const getCases: readonly ConformanceCase[] = [
  {
    name: 'get: what is not there is NOT_FOUND',
    run: async ({ storage }) => {
      await assertMissing(storage, KEY);
      await storage.put('folder/other', bodyOf(10));
      await assertMissing(storage, KEY);
    },
  },
  {
    name: 'get: gives a buffer of its own: changing it changes nothing that is stored',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(1_000));
      const body = await storage.get(KEY);
      body.fill(0);
      assertBytes(await storage.get(KEY), bodyOf(1_000));
    },
  },
  {
    name: 'get: two reads at once share no buffer',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(1_000));
      const [first, second] = await Promise.all([storage.get(KEY), storage.get(KEY)]);
      first.fill(0);
      assertBytes(second, bodyOf(1_000));
    },
  },
  {
    name: 'get: an object of exactly maxBytes is read',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(1_000));
      for (const maxBytes of [1_000, 1_001, Number.POSITIVE_INFINITY, undefined]) {
        assertBytes(await storage.get(KEY, { maxBytes }), bodyOf(1_000));
      }
    },
  },
  {
    name: 'get: an object of more than maxBytes is TOO_LARGE',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(1_000));
      for (const maxBytes of [999, 1, 0]) await assertTooLarge(storage, maxBytes);
      assertBytes(await storage.get(KEY), bodyOf(1_000));
    },
  },
  {
    name: 'get: an object without bytes is read with maxBytes 0',
    run: async ({ storage }) => {
      await storage.put(KEY, emptyBody);
      assertBytes(await storage.get(KEY, { maxBytes: 0 }), emptyBody);
    },
  },
  {
    name: 'get: a maxBytes that is no number from 0 is a TypeError',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(1_000));
      for (const maxBytes of [-1, Number.NaN, '10', null] as unknown[] as number[]) {
        const rule = `a maxBytes of ${JSON.stringify(maxBytes)} must be a TypeError`;
        await assertTypeError(() => storage.get(KEY, { maxBytes }), rule);
      }
    },
  },
  {
    name: 'get: objects that were TOO_LARGE do not block later calls',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(ONE_MEBIBYTE));
      for (let call = 0; call < MANY; call++) await assertTooLarge(storage, 10);
      assert.equal((await storage.get(KEY)).byteLength, ONE_MEBIBYTE);
    },
  },
];

function assertMissing(storage: StorageProvider, key: string): Promise<void> {
  const expected = { code: 'NOT_FOUND', operation: 'get', key } as const;
  return assertStorageError(storage, expected, () => storage.get(key));
}

function assertTooLarge(storage: StorageProvider, maxBytes: number): Promise<void> {
  const expected = { code: 'TOO_LARGE', operation: 'get', key: KEY } as const;
  return assertStorageError(storage, expected, () => storage.get(KEY, { maxBytes }));
}
