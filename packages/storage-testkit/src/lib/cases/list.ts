import assert from 'node:assert/strict';
import { assertBytes } from '../assert-bytes.ts';
import { assertListing } from '../assert-listing.ts';
import { assertObjectInfo } from '../assert-object-info.ts';
import { bodyOf, bodyOfText } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { LISTS_BY_UTF8, LISTS_BY_UTF16 } from '../gates.ts';
import { listAll, listKeys } from '../listing.ts';
import { NESTED_KEYS } from '../nested-keys.ts';
import { putAll } from '../put-all.ts';

/** Below U+1F600 by their bytes, but above by UTF-16 units, of which its first is U+D83D. */
const BELOW_ASTRAL = ['astral/\uffee', 'astral/\uffee-/x'];
const ASTRAL = ['astral/\u{1f600}', 'astral/\u{1f600}-/x'];

export const listCases: readonly ConformanceCase[] = [
  {
    name: 'list: of an empty store is empty',
    run: async ({ storage }) => {
      assert.deepEqual(await listKeys(storage), []);
      assert.deepEqual(await listKeys(storage, { prefix: 'a', startAfter: 'a' }), []);
    },
  },
  {
    name: 'list: goes by the whole key, not folder by folder: "t-/x" before "t/x"',
    run: async ({ storage }) => {
      const keys = ['default/x', 'default-shared-pool/x', 't/x', 't-/x', 'a/x', 'a-b', 'a.b', 'a0'];
      await putAll(storage, keys);
      assert.deepEqual(await listKeys(storage), [
        ...['a-b', 'a.b', 'a/x', 'a0'],
        ...['default-shared-pool/x', 'default/x', 't-/x', 't/x'],
      ]);
    },
  },
  {
    name: 'list: is in ascending order whatever the order of writing',
    run: async ({ storage }) => {
      for (const key of NESTED_KEYS.toReversed()) await storage.put(key, bodyOf(1));
      await assertListing(storage, NESTED_KEYS);
    },
  },
  {
    name: 'list: is in the order of UTF-8 bytes: U+FFEE before U+1F600',
    when: LISTS_BY_UTF8,
    run: async ({ storage }) => {
      await putAll(storage, [...ASTRAL, ...BELOW_ASTRAL]);
      assert.deepEqual(await listKeys(storage), [...BELOW_ASTRAL, ...ASTRAL]);
      assert.deepEqual(await listKeys(storage, { startAfter: BELOW_ASTRAL[1] }), ASTRAL);
      assert.deepEqual(await listKeys(storage, { startAfter: ASTRAL[1] }), []);
    },
  },
  {
    name: 'list: is in the order of UTF-16 units, as the store says: U+1F600 before U+FFEE',
    when: LISTS_BY_UTF16,
    run: async ({ storage }) => {
      await putAll(storage, [...ASTRAL, ...BELOW_ASTRAL]);
      assert.deepEqual(await listKeys(storage), [...ASTRAL, ...BELOW_ASTRAL]);
      assert.deepEqual(await listKeys(storage, { startAfter: ASTRAL[1] }), BELOW_ASTRAL);
      assert.deepEqual(await listKeys(storage, { startAfter: BELOW_ASTRAL[1] }), []);
    },
  },
  {
    name: 'list: describes each object, and each can be read under the key that is listed',
    run: async ({ storage }) => {
      await putAll(storage, NESTED_KEYS);
      const objects = await listAll(storage);
      assert.equal(objects.length, NESTED_KEYS.length);
      for (const { key, ...rest } of objects) {
        const body = await storage.get(key);
        assertBytes(body, bodyOfText(key));
        assertObjectInfo({ key, ...rest }, key, body.byteLength);
      }
    },
  },
];
