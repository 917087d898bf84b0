import assert from 'node:assert/strict';
import type { PutMode } from '@metering/core';
import { assertBytes } from '../assert-bytes.ts';
import { assertListing } from '../assert-listing.ts';
import { assertSameEtag } from '../assert-object-info.ts';
import { assertAbsent } from '../assert-storage-error.ts';
import { assertTypeError } from '../assert-type-error.ts';
import { bodyOf, emptyBody } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';

const KEY = 'folder/object';
const FIVE_MEBIBYTES = 5 * 1024 * 1024;

const NOT_BODIES: readonly unknown[] = [
  'text',
  undefined,
  null,
  [1, 2],
  new ArrayBuffer(2),
  new Uint16Array(2),
  new DataView(new ArrayBuffer(2)),
];

export const putCases: readonly ConformanceCase[] = [
  {
    name: 'put: an empty body is an object without bytes',
    run: async ({ storage }) => {
      await storage.put(KEY, emptyBody);
      assertBytes(await storage.get(KEY), emptyBody);
      assert.equal((await storage.head(KEY)).size, 0);
    },
  },
  {
    name: 'put: every value of a byte comes back',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(256));
      assertBytes(await storage.get(KEY), bodyOf(256));
    },
  },
  {
    name: 'put: 5 MiB come back',
    run: async ({ storage }) => {
      const body = bodyOf(FIVE_MEBIBYTES);
      await storage.put(KEY, body);
      assertBytes(await storage.get(KEY), body);
    },
  },
  {
    name: 'put: of a view into a larger buffer only the bytes in view are stored',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(1_000).subarray(300, 700));
      assertBytes(await storage.get(KEY), bodyOf(1_000).slice(300, 700));
    },
  },
  {
    name: 'put: overwrites by default, with longer and with shorter bodies',
    run: async ({ storage }) => {
      for (const size of [100, 1_000, 10, 0, 1]) {
        await storage.put(KEY, bodyOf(size, size));
        assertBytes(await storage.get(KEY), bodyOf(size, size));
      }
      await assertListing(storage, [KEY]);
    },
  },
  {
    name: 'put: overwrites where the mode is "overwrite" or undefined',
    run: async ({ storage }) => {
      await storage.put(KEY, bodyOf(10), { mode: 'overwrite' });
      await storage.put(KEY, bodyOf(20), { mode: 'overwrite' });
      assertBytes(await storage.get(KEY), bodyOf(20));
      await storage.put(KEY, bodyOf(30), { mode: undefined, signal: undefined });
      assertBytes(await storage.get(KEY), bodyOf(30));
    },
  },
  {
    name: 'put: is seen at once, also by who found nothing there before',
    run: async ({ storage }) => {
      await assertAbsent(storage, KEY);
      await assertListing(storage, []);
      for (const size of [100, 200]) {
        await storage.put(KEY, bodyOf(size));
        assertBytes(await storage.get(KEY), bodyOf(size));
        assert.equal((await storage.head(KEY)).size, size);
        await assertListing(storage, [KEY]);
      }
    },
  },
  {
    name: 'put: keeps a copy: the caller may change its buffer afterwards',
    run: async ({ storage }) => {
      const body = bodyOf(1_000);
      await storage.put(KEY, body);
      body.fill(0);
      assertBytes(await storage.get(KEY), bodyOf(1_000));
    },
  },
  {
    name: "put: does not change the caller's buffer",
    run: async ({ storage }) => {
      const body = bodyOf(1_000);
      await storage.put(KEY, body);
      assertBytes(body, bodyOf(1_000));
    },
  },
  {
    name: 'put: the etag, where there is one, changes whenever the bytes do',
    run: async ({ storage }) => {
      let last: string | undefined;
      for (let round = 0; round < 20; round++) {
        const { etag } = await storage.put(KEY, bodyOf(100, round));
        const head = await storage.head(KEY);
        assertSameEtag(head.etag, etag);
        if (last !== undefined) assert.notEqual(head.etag, last, 'same etag for other bytes');
        last = head.etag;
      }
    },
  },
  {
    name: 'put: many objects in a new folder at once',
    run: async ({ storage }) => {
      const keys = Array.from({ length: 50 }, (_, index) => `new/folder/of/${index}`);
      await Promise.all(keys.map((key, index) => storage.put(key, bodyOf(10, index))));
      await assertListing(storage, keys);
      for (const [index, key] of keys.entries()) {
        assertBytes(await storage.get(key), bodyOf(10, index));
      }
    },
  },
  {
    name: 'put: an unknown mode is a TypeError, and nothing is stored',
    run: async ({ storage }) => {
      for (const mode of ['append', 'CREATE', '', null] as unknown[] as PutMode[]) {
        const rule = `the mode ${JSON.stringify(mode)} must be a TypeError`;
        await assertTypeError(() => storage.put(KEY, bodyOf(1), { mode }), rule);
      }
      await assertAbsent(storage, KEY);
    },
  },
  {
    name: 'put: a body that is no Uint8Array is a TypeError, and nothing is stored',
    run: async ({ storage }) => {
      for (const body of NOT_BODIES as Uint8Array[]) {
        const rule = `a body ${Object.prototype.toString.call(body)} must be a TypeError`;
        await assertTypeError(() => storage.put(KEY, body), rule);
      }
      await assertAbsent(storage, KEY);
    },
  },
];
