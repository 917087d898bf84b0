import assert from 'node:assert/strict';
import { assertListing } from '../assert-listing.ts';
import { assertNoUnhandledRejection } from '../assert-no-unhandled-rejection.ts';
import { bodyOf, emptyBody } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { listKeys } from '../listing.ts';
import { putAll } from '../put-all.ts';

/** More than two pages of any store that gives 1,000 keys a page. */
const MANY_KEYS = numberedKeys(2_100);
const FEW_KEYS = numberedKeys(20);
const PAGE_AND_MORE = numberedKeys(1_050);

export const listIterationCases: readonly ConformanceCase[] = [
  {
    name: 'list: more than 1,000 objects are all listed, each once and in order',
    run: async ({ storage }) => {
      await putAll(storage, MANY_KEYS, emptyBody);
      await assertListing(storage, MANY_KEYS);
      for (const startAfter of ['many/0000', 'many/0998', 'many/0999', 'many/1000', 'many/2000']) {
        await assertListing(storage, MANY_KEYS, { prefix: 'many/', startAfter });
      }
      await assertListing(storage, MANY_KEYS, { prefix: 'many/1' });
    },
  },
  {
    name: 'list: deleting what is listed hides nothing of the rest',
    run: async ({ storage }) => {
      await putAll(storage, PAGE_AND_MORE, emptyBody);
      const listed: string[] = [];
      for await (const { key } of storage.list()) {
        listed.push(key);
        await storage.delete(key);
      }
      assert.deepEqual(listed, PAGE_AND_MORE);
      await assertListing(storage, []);
    },
  },
  {
    name: 'list: writing meanwhile neither hides nor repeats what was there',
    run: async ({ storage }) => {
      await putAll(storage, FEW_KEYS);
      const listed: string[] = [];
      for await (const { key } of storage.list()) {
        listed.push(key);
        // Once for each key: a listing that shows what is written meanwhile would never end otherwise.
        if (key.endsWith('-new')) continue;
        await storage.put(`${key}-new`, bodyOf(1));
        await storage.put(key, bodyOf(2));
      }
      const known = listed.filter((key) => !key.endsWith('-new'));
      assert.deepEqual(known, FEW_KEYS);
      assert.equal(new Set(listed).size, listed.length, 'no key may be listed twice');
    },
  },
  {
    name: 'list: is lazy: it begins with the first object asked for, not with the call',
    run: async ({ storage }) => {
      const objects = storage.list();
      await putAll(storage, FEW_KEYS);
      const listed: string[] = [];
      for await (const { key } of objects) listed.push(key);
      assert.deepEqual(listed, FEW_KEYS);
    },
  },
  {
    name: 'list: ends for good where the reader breaks off',
    run: async ({ storage }) => {
      await putAll(storage, FEW_KEYS);
      const objects = storage.list()[Symbol.asyncIterator]();
      assert.equal((await objects.next()).value?.key, FEW_KEYS[0]);
      await objects.return?.();
      assert.equal((await objects.next()).done, true);
    },
  },
  {
    name: 'list: breaking off leaves no unhandled rejection, and the store usable',
    run: async ({ storage }) => {
      await putAll(storage, FEW_KEYS);
      await assertNoUnhandledRejection(async () => {
        const { signal } = new AbortController();
        for (let round = 0; round < 50; round++) {
          for await (const { key } of storage.list({}, { signal })) {
            if (key === FEW_KEYS[round % 3]) break;
          }
        }
      });
      await assertListing(storage, FEW_KEYS);
    },
  },
  {
    name: 'list: a listing that nobody reads leaves no unhandled rejection',
    run: ({ storage }) =>
      assertNoUnhandledRejection(async () => {
        storage.list({}, { signal: AbortSignal.abort(new Error('aborted by the test kit')) });
        const objects = storage.list();
        await storage.close();
        storage.list();
        await objects[Symbol.asyncIterator]().return?.();
      }),
  },
  {
    name: 'list: several listings at once do not disturb each other',
    run: async ({ storage }) => {
      await putAll(storage, FEW_KEYS);
      const prefixes = ['', 'many/', 'many/000', 'many/001'];
      const listings = prefixes.map((prefix) => listKeys(storage, { prefix }));
      for (const [index, prefix] of prefixes.entries()) {
        const expected = FEW_KEYS.filter((key) => key.startsWith(prefix));
        assert.deepEqual(await listings[index], expected);
      }
    },
  },
];

function numberedKeys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `many/${String(index).padStart(4, '0')}`);
}
