import assert from 'node:assert/strict';
import { assertListing } from '../assert-listing.ts';
import { assertTypeError } from '../assert-type-error.ts';
import { bodyOf } from '../bodies.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { listKeys } from '../listing.ts';
import { NESTED_KEYS } from '../nested-keys.ts';
import { putAll } from '../put-all.ts';

export const listQueryCases: readonly ConformanceCase[] = [
  {
    name: 'list: a prefix is plain text, not a folder',
    run: async ({ storage }) => {
      await putAll(storage, NESTED_KEYS);
      for (const prefix of ['t', 't-', 't/', 't/u', 't/u/x', 'Z/', 't-0/', 'ü', 't ']) {
        await assertListing(storage, NESTED_KEYS, { prefix });
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
      await putAll(storage, NESTED_KEYS);
      await assertListing(storage, NESTED_KEYS);
      for (const query of [{}, { prefix: '' }, { prefix: undefined, startAfter: undefined }]) {
        await assertListing(storage, NESTED_KEYS, query);
      }
      await assertListing(storage, NESTED_KEYS, { prefix: '', startAfter: '' });
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
      await putAll(storage, NESTED_KEYS);
      for (const startAfter of NESTED_KEYS) {
        await assertListing(storage, NESTED_KEYS, { startAfter });
      }
    },
  },
  {
    name: 'list: startAfter may be text that is no key of the store',
    run: async ({ storage }) => {
      await putAll(storage, NESTED_KEYS);
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
        await assertListing(storage, NESTED_KEYS, { startAfter });
      }
    },
  },
  {
    name: 'list: startAfter before, within and after the prefix',
    run: async ({ storage }) => {
      await putAll(storage, NESTED_KEYS);
      for (const startAfter of ['Z/y', 't-', 't', 't/', 't/u/x', 't/x', 't/y', 't0', 'ü']) {
        for (const prefix of ['t', 't/', 't/u', 't/x']) {
          await assertListing(storage, NESTED_KEYS, { prefix, startAfter });
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
  {
    name: 'list: a prefix or a startAfter that is no string is a TypeError',
    run: async ({ storage }) => {
      await storage.put('42', bodyOf(1));
      for (const name of ['prefix', 'startAfter']) {
        for (const value of [42, null, ['4'], {}]) {
          const rule = `list with the ${name} ${JSON.stringify(value)} must be a TypeError`;
          await assertTypeError(() => listKeys(storage, { [name]: value }), rule);
        }
      }
    },
  },
];
