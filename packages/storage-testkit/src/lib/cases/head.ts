import assert from 'node:assert/strict';
import { assertObjectInfo, assertSameEtag } from '../assert-object-info.ts';
import { assertStorageError } from '../assert-storage-error.ts';
import { bodyOf } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { listAll } from '../listing.ts';

const KEY = 'folder/object';
/** Stores give times in seconds in one answer and finer in another. */
const TIME_TOLERANCE_MS = 1_000;

export const headCases: readonly ConformanceCase[] = [
  {
    name: 'head: gives key, size, time of modification and perhaps an etag',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(1_234));
      assertObjectInfo(await storage.head(KEY), KEY, 1_234);
    },
  },
  {
    name: 'head: describes the object that replaced another',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(1_234));
      await storage.put(KEY, bodyOf(56));
      assertObjectInfo(await storage.head(KEY), KEY, 56);
    },
  },
  {
    name: 'head: what is not there is NOT_FOUND',
    run: async ({ storage }) => {
      await storage.put('folder/other', bodyOf(10));
      const expected = { code: 'NOT_FOUND', operation: 'head', key: KEY } as const;
      await assertStorageError(storage, expected, () => storage.head(KEY));
    },
  },
  {
    name: 'head: agrees with the listing on size, etag and time of modification',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(1_234));
      const head = await storage.head(KEY);
      const [listed] = await listAll(storage, { prefix: KEY });
      assert.ok(listed, 'the object must be listed');
      assertObjectInfo(listed, KEY, head.size);
      const apartMs = Math.abs(listed.lastModified.getTime() - head.lastModified.getTime());
      assert.ok(apartMs <= TIME_TOLERANCE_MS, `lastModified differs by ${apartMs} ms`);
      assertSameEtag(listed.etag, head.etag);
    },
  },
];
