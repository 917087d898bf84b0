import assert from 'node:assert/strict';
import { assertBytes } from '../assert-bytes.ts';
import { assertListing } from '../assert-listing.ts';
import { assertObjectInfo } from '../assert-object-info.ts';
import { bodyOf, bodyOfText } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { LISTS_BY_UTF8, LISTS_BY_UTF16 } from '../gates.ts';
import { listAll, listKeys } from '../listing.ts';
import { putAll } from '../put-all.ts';

/** Folders whose names begin with each other: `-` and `.` sort before the `/` between them, `0` after. */
const FOLDERS = [
  't',
  't-',
  't--',
  't-0',
  't.x',
  't0',
  't 1',
  'T',
  'ta',
  'ü',
  't/u',
  't/u-',
  't-/u',
];
const KEYS_IN_FOLDERS = FOLDERS.flatMap((folder) => [`${folder}/x`, `${folder}/x-`, `${folder}/y`]);

/** On either side of where the two orders differ: U+1F600 is above U+FFEE, but its first UTF-16 unit is not. */
const BELOW_ASTRAL = 'astral/\uffee';
const ASTRAL = 'astral/\u{1f600}';

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
      for (const key of KEYS_IN_FOLDERS.toReversed()) await storage.put(key, bodyOf(1));
      await assertListing(storage, KEYS_IN_FOLDERS);
    },
  },
  {
    name: 'list: is in the order of UTF-8 bytes: U+FFEE before U+1F600',
    when: LISTS_BY_UTF8,
    run: async ({ storage }) => {
      await putAll(storage, [ASTRAL, BELOW_ASTRAL]);
      assert.deepEqual(await listKeys(storage), [BELOW_ASTRAL, ASTRAL]);
      assert.deepEqual(await listKeys(storage, { startAfter: BELOW_ASTRAL }), [ASTRAL]);
      assert.deepEqual(await listKeys(storage, { startAfter: ASTRAL }), []);
    },
  },
  {
    name: 'list: is in the order of UTF-16 units, as the store says: U+1F600 before U+FFEE',
    when: LISTS_BY_UTF16,
    run: async ({ storage }) => {
      await putAll(storage, [ASTRAL, BELOW_ASTRAL]);
      assert.deepEqual(await listKeys(storage), [ASTRAL, BELOW_ASTRAL]);
      assert.deepEqual(await listKeys(storage, { startAfter: ASTRAL }), [BELOW_ASTRAL]);
      assert.deepEqual(await listKeys(storage, { startAfter: BELOW_ASTRAL }), []);
    },
  },
  {
    name: 'list: describes each object, and each can be read under the key that is listed',
    run: async ({ storage }) => {
      await putAll(storage, KEYS_IN_FOLDERS);
      const objects = await listAll(storage);
      assert.equal(objects.length, KEYS_IN_FOLDERS.length);
      for (const { key, ...rest } of objects) {
        const body = await storage.get(key);
        assertBytes(body, bodyOfText(key));
        assertObjectInfo({ key, ...rest }, key, body.byteLength);
      }
    },
  },
  {
    name: 'list: a prefix is plain text, not a folder',
    run: async ({ storage }) => {
      await putAll(storage, KEYS_IN_FOLDERS);
      for (const prefix of ['t', 't-', 't/', 't/u', 't/u/x', 'T/', 't-0/', 'ü', 't ']) {
        await assertListing(storage, KEYS_IN_FOLDERS, { prefix });
      }
    },
  },
  {
    name: 'list: a prefix may be a whole key',
    run: async ({ storage }) => {
      const keys = ['folder/a', 'folder/a-b', 'folder/aa', 'folder/b'];
      await putAll(storage, keys);
      assert.deepEqual(await listKeys(storage, { prefix: 'folder/b' }), ['folder/b']);
      await assertListing(storage, keys, { prefix: 'folder/a' });
    },
  },
  {
    name: 'list: no query, an empty one and an empty prefix mean every object',
    run: async ({ storage }) => {
      await putAll(storage, KEYS_IN_FOLDERS);
      await assertListing(storage, KEYS_IN_FOLDERS);
      for (const query of [{}, { prefix: '' }, { prefix: undefined, startAfter: undefined }]) {
        await assertListing(storage, KEYS_IN_FOLDERS, query);
      }
      await assertListing(storage, KEYS_IN_FOLDERS, { prefix: '', startAfter: '' });
    },
  },
  {
    name: 'list: a prefix that no key begins with matches nothing',
    run: async ({ storage }) => {
      await putAll(storage, ['a/b', 'b']);
      for (const prefix of ['c', 'a/b/', 'a//', 'A', 'B', 'a/b/c', 'b/', 'a/bb']) {
        await assertListing(storage, ['a/b', 'b'], { prefix });
      }
    },
  },
  {
    name: 'list: startAfter is exclusive',
    run: async ({ storage }) => {
      const keys = ['a', 'b', 'c/d', 'c/e'];
      await putAll(storage, keys);
      assert.deepEqual(await listKeys(storage, { startAfter: 'b' }), ['c/d', 'c/e']);
      assert.deepEqual(await listKeys(storage, { startAfter: 'c/d' }), ['c/e']);
      assert.deepEqual(await listKeys(storage, { startAfter: 'c/e' }), []);
    },
  },
  {
    name: 'list: startAfter any of the keys goes on with the next',
    run: async ({ storage }) => {
      await putAll(storage, KEYS_IN_FOLDERS);
      for (const startAfter of KEYS_IN_FOLDERS) {
        await assertListing(storage, KEYS_IN_FOLDERS, { startAfter });
      }
    },
  },
  {
    name: 'list: startAfter may be text that is no key of the store',
    run: async ({ storage }) => {
      await putAll(storage, KEYS_IN_FOLDERS);
      for (const startAfter of [
        ' ',
        't',
        't-',
        't/',
        't/u',
        't/u/',
        't/x0',
        't//',
        't-/w',
        '~',
        '/',
      ]) {
        await assertListing(storage, KEYS_IN_FOLDERS, { startAfter });
      }
    },
  },
  {
    name: 'list: startAfter before, within and after the prefix',
    run: async ({ storage }) => {
      await putAll(storage, KEYS_IN_FOLDERS);
      for (const startAfter of ['T/y', 't-', 't', 't/', 't/u/x', 't/x', 't/y', 't0', 'ü']) {
        for (const prefix of ['t', 't/', 't/u', 't/x']) {
          await assertListing(storage, KEYS_IN_FOLDERS, { prefix, startAfter });
        }
      }
    },
  },
  {
    name: 'list: prefix and startAfter may be any text, also what no key can hold',
    run: async ({ storage }) => {
      const keys = ['a%2Fb', 'a+b', 'a b', 'a/b', 'a?b'];
      await putAll(storage, keys);
      for (const text of [
        '/',
        '//',
        '/a',
        '.',
        '..',
        '../',
        'a//',
        'a%',
        'a+',
        'a ',
        'a?',
        '*',
        'a.*',
      ]) {
        await assertListing(storage, keys, { prefix: text });
        await assertListing(storage, keys, { startAfter: text });
      }
      for (const text of ['\0', 'a\n', 'x'.repeat(2_000), '\ud83d']) {
        await assertListing(storage, keys, { prefix: text });
      }
    },
  },
];
