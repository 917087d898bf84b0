import assert from 'node:assert/strict';
import type { StorageProvider } from '@metering/core';
import { assertBytes } from '../assert-bytes.ts';
import { assertListing } from '../assert-listing.ts';
import { assertAbsent } from '../assert-storage-error.ts';
import { assertTypeError } from '../assert-type-error.ts';
import { bodyOf } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { listAll } from '../listing.ts';

const KEY = 'folder/object';

export const lifecycleCases: readonly ConformanceCase[] = [
  {
    name: 'storage: has a name and says what it can do',
    run: async ({ storage }) => {
      const { name, capabilities } = storage;
      assert.ok(typeof name === 'string' && name !== '', 'the name must be text');
      assert.ok([true, false, 'unknown'].includes(capabilities.exclusiveCreate), 'exclusiveCreate');
      assert.ok(['utf8', 'utf16'].includes(capabilities.listOrder), 'listOrder');
    },
  },
  {
    name: 'harness: each store is fresh and isolated from every other',
    run: async ({ storage, openAnother }) => {
      await storage.put(KEY, bodyOf(10));
      const another = await openAnother();
      await assertListing(another, []);
      await assertAbsent(another, KEY);
      await another.put(KEY, bodyOf(20));
      await another.delete(KEY);
      assertBytes(await storage.get(KEY), bodyOf(10));
    },
  },
  {
    name: 'close: twice, also at once, is fine',
    run: async ({ storage }) => {
      await Promise.all([storage.close(), storage.close()]);
      await storage.close();
      await storage[Symbol.asyncDispose]();
    },
  },
  {
    name: 'close: any other call after it is a TypeError',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(10));
      await storage.close();
      await assertClosed(storage);
    },
  },
  {
    name: 'close: Symbol.asyncDispose closes',
    run: async ({ storage }) => {
      await storage[Symbol.asyncDispose]();
      await assertClosed(storage);
      await storage.close();
    },
  },
  {
    name: 'close: of one storage leaves others open',
    run: async ({ storage, openAnother }) => {
      const another = await openAnother();
      await another.close();
      await storage.put(KEY, bodyOf(10));
      assertBytes(await storage.get(KEY), bodyOf(10));
    },
  },
];

/** Fails unless every call is refused because the storage is closed. */
export async function assertClosed(storage: StorageProvider): Promise<void> {
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    put: () => storage.put(KEY, bodyOf(10)),
    get: () => storage.get(KEY),
    head: () => storage.head(KEY),
    delete: () => storage.delete(KEY),
    list: () => listAll(storage),
  };
  for (const [name, call] of Object.entries(calls)) {
    await assertTypeError(call, `${name} of a closed storage must be a TypeError`);
  }
}
