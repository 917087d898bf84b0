import assert from 'node:assert/strict';
import { isStorageError, type StorageOperation, type StorageProvider } from '@metering/core';
import { assertBytes } from '../assert-bytes.ts';
import { assertListing } from '../assert-listing.ts';
import { assertStorageError } from '../assert-storage-error.ts';
import { bodyOf, bodyOfText } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { INVALID_KEYS, NOT_KEYS } from '../invalid-keys.ts';
import { listKeys } from '../listing.ts';
import { HARD_KEYS, NEAR_KEYS, type NearKeys, ODD_KEYS, type OddKey } from '../odd-keys.ts';

type KeyedOperation = Extract<StorageOperation, 'put' | 'get' | 'head' | 'delete'>;

const KEYED_CALLS: Record<
  KeyedOperation,
  (storage: StorageProvider, key: string) => Promise<unknown>
> = {
  put: (storage, key) => storage.put(key, bodyOf(10)),
  get: (storage, key) => storage.get(key),
  head: (storage, key) => storage.head(key),
  delete: (storage, key) => storage.delete(key),
};
const KEYED_OPERATIONS = Object.keys(KEYED_CALLS) as KeyedOperation[];

export const keyCases: readonly ConformanceCase[] = [
  ...KEYED_OPERATIONS.map(refusesInvalidKeys),
  {
    name: 'create: an invalid key is INVALID_KEY, and nothing is stored',
    run: async ({ storage }) => {
      for (const key of INVALID_KEYS) {
        await assertInvalidKey(storage, 'put', key, () =>
          storage.put(key, bodyOf(10), { mode: 'create' }),
        );
      }
      await assertListing(storage, []);
    },
  },
  ...ODD_KEYS.map(holdsOddKey),
  ...HARD_KEYS.map(holdsOrRefusesKey),
  {
    name: 'keys: odd ones are listed as they were put, in order, and are prefixes like any other',
    run: async ({ storage }) => {
      const keys = ODD_KEYS.map(({ key }) => key);
      for (const key of keys) await storage.put(key, bodyOfText(key));
      await assertListing(storage, keys);
      for (const key of keys) {
        assertBytes(await storage.get(key), bodyOfText(key));
        await assertListing(storage, keys, { prefix: key });
        await assertListing(storage, keys, { startAfter: key });
      }
    },
  },
  ...NEAR_KEYS.map(keepsApart),
  {
    name: 'keys: an object and objects below its key are kept apart, or the second is INVALID_KEY',
    run: async ({ storage }) => {
      for (const keys of [
        ['one', 'one/below'],
        ['two/below', 'two'],
      ]) {
        const held = await putThoseHeld(storage, keys);
        assert.ok(held.includes(keys[0]!), 'the first must be held');
        for (const key of held) assertBytes(await storage.get(key), bodyOfText(key));
      }
    },
  },
  {
    name: 'keys: the folder of an object is no object',
    run: async ({ storage }) => {
      await storage.put('a/folder/object', bodyOf(10));
      for (const key of ['a', 'a/folder', 'a/folder/object/below']) {
        await assert.rejects(storage.get(key), isAbsentOrRefused, `get of ${key}`);
        await assert.rejects(storage.head(key), isAbsentOrRefused, `head of ${key}`);
        await storage.delete(key).catch(rethrowUnlessRefused);
      }
      assertBytes(await storage.get('a/folder/object'), bodyOf(10));
      await assertListing(storage, ['a/folder/object']);
    },
  },
];

function refusesInvalidKeys(operation: KeyedOperation): ConformanceCase {
  const call = KEYED_CALLS[operation];
  return {
    name: `${operation}: an invalid key is INVALID_KEY, before anything happens`,
    run: async ({ storage }) => {
      for (const key of INVALID_KEYS) {
        await assertInvalidKey(storage, operation, key, () => call(storage, key));
      }
      for (const key of NOT_KEYS as string[]) {
        const isInvalidKey = (error: unknown) => isStorageError(error, 'INVALID_KEY');
        const rule = `${operation} of a key that is ${typeof key}`;
        await assert.rejects(() => call(storage, key), isInvalidKey, rule);
      }
      await assertListing(storage, []);
    },
  };
}

function holdsOddKey({ key, label }: OddKey): ConformanceCase {
  return {
    name: `keys: ${label} is held unchanged`,
    run: async ({ storage }) => {
      await storage.put(key, bodyOfText(key));
      await assertHeld(storage, key);
    },
  };
}

function holdsOrRefusesKey({ key, label }: OddKey): ConformanceCase {
  return {
    name: `keys: ${label} is held unchanged, or INVALID_KEY for every call`,
    run: async ({ storage }) => {
      const held = await putThoseHeld(storage, [key]);
      if (held.length > 0) return assertHeld(storage, key);
      for (const operation of KEYED_OPERATIONS) {
        await assertInvalidKey(storage, operation, key, () => KEYED_CALLS[operation](storage, key));
      }
      await assertListing(storage, []);
    },
  };
}

function keepsApart({ difference, keys }: NearKeys): ConformanceCase {
  return {
    name: `keys: those that differ only ${difference} are kept apart`,
    run: async ({ storage }) => {
      const held = await putThoseHeld(storage, keys);
      await assertListing(storage, held);
      for (const key of held) assertBytes(await storage.get(key), bodyOfText(key));
      await storage.delete(held[0]!);
      await assertListing(storage, held.slice(1));
    },
  };
}

/** Fails unless the object, the only one, is read, described, listed and deleted under its key. */
async function assertHeld(storage: StorageProvider, key: string): Promise<void> {
  assertBytes(await storage.get(key), bodyOfText(key));
  assert.equal((await storage.head(key)).key, key, 'head must give the key as it was put');
  assert.deepEqual(await listKeys(storage), [key], 'the key must be listed as it was put');
  await storage.delete(key);
  await assertListing(storage, []);
}

function assertInvalidKey(
  storage: StorageProvider,
  operation: KeyedOperation,
  key: string,
  call: () => Promise<unknown>,
): Promise<void> {
  return assertStorageError(storage, { code: 'INVALID_KEY', operation, key }, call);
}

/** Stores what can be stored, and gives its keys. */
async function putThoseHeld(storage: StorageProvider, keys: readonly string[]): Promise<string[]> {
  const held: string[] = [];
  for (const key of keys) {
    const isHeld = await storage.put(key, bodyOfText(key)).then(() => true, rethrowUnlessRefused);
    if (isHeld) held.push(key);
  }
  return held;
}

function rethrowUnlessRefused(error: unknown): undefined {
  if (!isStorageError(error, 'INVALID_KEY')) throw error;
}

function isAbsentOrRefused(error: unknown): boolean {
  return isStorageError(error, 'NOT_FOUND') || isStorageError(error, 'INVALID_KEY');
}
