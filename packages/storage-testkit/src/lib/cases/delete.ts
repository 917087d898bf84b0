import { assertBytes } from '../assert-bytes.ts';
import { assertListing } from '../assert-listing.ts';
import { assertAbsent } from '../assert-storage-error.ts';
import { bodyOf, bodyOfText } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { putAll } from '../put-all.ts';
import { settleAll } from '../settle-all.ts';

const KEY = 'folder/object';
const NEIGHBOURS = [
  'folder/objec',
  'folder/object-2',
  'folder/object.x',
  'folder/objects',
  'other',
];
const ROUNDS = 25;

export const deleteCases: readonly ConformanceCase[] = [
  {
    name: 'delete: removes the object',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(10));
      await storage.delete(KEY);
      await assertAbsent(storage, KEY);
      await assertListing(storage, []);
    },
  },
  {
    name: 'delete: of what is not there succeeds',
    run: async ({ storage }) => {
      await storage.delete(KEY);
      await storage.put(KEY, bodyOf(10));
      await storage.delete(KEY);
      await storage.delete(KEY);
      await storage.delete('no/such/folder/at/all');
    },
  },
  {
    name: 'delete: of one object by many callers at once succeeds for each',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(10));
      await settleAll(Array.from({ length: 20 }, () => storage.delete(KEY)));
      await assertAbsent(storage, KEY);
    },
  },
  {
    name: 'delete: removes that key alone, whatever others begin with it',
    run: async ({ storage }) => {
      await putAll(storage, [KEY, ...NEIGHBOURS]);
      await storage.delete(KEY);
      await assertListing(storage, NEIGHBOURS);
      for (const key of NEIGHBOURS) assertBytes(await storage.get(key), bodyOfText(key));
    },
  },
  {
    name: 'delete: what was deleted can be put again',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(10));
      await storage.delete(KEY);
      await storage.put(KEY, bodyOf(20));
      assertBytes(await storage.get(KEY), bodyOf(20));
      await assertListing(storage, [KEY]);
    },
  },
  {
    name: 'delete: of the last object of a folder does not disturb a put into it',
    run: async ({ storage }) => {
      for (let round = 0; round < ROUNDS; round++) {
        const next = `folder/${round}`;
        await storage.put(KEY, bodyOf(10));
        await settleAll<unknown>([storage.delete(KEY), storage.put(next, bodyOf(10))]);
        assertBytes(await storage.get(next), bodyOf(10));
        await storage.delete(next);
      }
    },
  },
];
