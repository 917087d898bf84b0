import assert from 'node:assert/strict';
import { assertBytes } from '../assert-bytes.ts';
import { assertListing } from '../assert-listing.ts';
import { assertAbsent } from '../assert-storage-error.ts';
import { bodyOf, emptyBody } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { SIBLINGS, VIEW_PREFIX } from '../views.ts';
import { assertClosed } from './lifecycle.ts';

const KEY = 'folder/object';

/** What holds of a view beside everything that holds of a storage. */
export const prefixCases: readonly ConformanceCase[] = [
  {
    name: 'prefix: is put before each key in the store, and never seen through the view',
    run: async ({ storage, base }) => {
      await storage.put(KEY, bodyOf(10));
      assertBytes(await base.get(`${VIEW_PREFIX}/${KEY}`), bodyOf(10));
      assert.equal((await storage.head(KEY)).key, KEY);
      await assertListing(storage, [KEY]);
      await assertListing(base, [...SIBLINGS, `${VIEW_PREFIX}/${KEY}`]);
    },
  },
  {
    name: 'prefix: what is outside is never listed, whatever is asked for',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(10));
      for (const text of ['', '/', 'o', 'outer', 'outer/', '-', '.', '0', '-sibling', '../']) {
        await assertListing(storage, [KEY], { prefix: text });
        await assertListing(storage, [KEY], { startAfter: text });
      }
    },
  },
  {
    name: 'prefix: what is outside is neither read nor deleted',
    run: async ({ storage, base }) => {
      for (const key of SIBLINGS) {
        await assertAbsent(storage, key);
        await storage.delete(key);
        assertBytes(await base.get(key), emptyBody);
      }
    },
  },
  {
    name: 'prefix: the view is as capable as the storage, and has its name',
    run: async ({ storage, base }) => {
      assert.deepEqual(storage.capabilities, base.capabilities);
      assert.equal(storage.name, base.name);
    },
  },
  {
    name: 'prefix: closing the view closes the storage',
    run: async ({ storage, base }) => {
      await storage.close();
      await assertClosed(base);
    },
  },
  {
    name: 'prefix: closing the storage closes the view',
    run: async ({ storage, base }) => {
      await base.close();
      await assertClosed(storage);
    },
  },
];
