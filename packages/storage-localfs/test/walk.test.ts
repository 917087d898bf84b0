import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compareUtf8 } from '@metering/core/building-blocks';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { listKeys } from './support/listing.ts';

// Around `/` in the order of bytes, of one another's beginnings, and beyond U+FFFF, where UTF-16 sorts otherwise.
const characters = [
  'a',
  'b',
  '-',
  '.x',
  '0',
  ' ',
  '!',
  '/',
  '~',
  'é',
  '\uffee',
  '😀',
  '\u{10ffff}',
];
const names = fc
  .array(fc.constantFrom(...characters.filter((character) => character !== '/')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(''))
  .filter((name) => name !== '.' && name !== '..');
const keys = fc.array(names, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const texts = fc
  .array(fc.constantFrom(...characters), { maxLength: 5 })
  .map((parts) => parts.join(''));
const queries = fc.record({ prefix: texts, startAfter: texts });

it('the listing of any tree is its keys in order, for any prefix and startAfter', async () => {
  const property = fc.asyncProperty(
    fc.array(keys, { maxLength: 25 }).map(withoutFoldersOfOthers),
    fc.array(queries, { minLength: 3, maxLength: 3 }),
    fc.nat(),
    fc.nat(),
    async (tree, anyQueries, choice, cut) => {
      const basePath = mkdtempSync(join(tmpdir(), 'metering-'));
      try {
        for (const key of tree) writeEmptyFile(join(basePath, key));
        const storage = createLocalFsStorage({ basePath });
        const one = tree[choice % tree.length] ?? '';
        const another = tree[cut % tree.length] ?? '';
        const fitting = [
          {},
          { prefix: beginning(one, cut) },
          { startAfter: another },
          { prefix: `${dirname(one)}/`, startAfter: beginning(another, choice) },
        ];
        for (const query of [...fitting, ...anyQueries]) {
          expect(await listKeys(storage, query)).toEqual(expected(tree, query));
        }
      } finally {
        rmSync(basePath, { recursive: true });
      }
    },
  );
  await fc.assert(property, { numRuns: 150 });
});

function expected(
  tree: readonly string[],
  { prefix = '', startAfter = '' }: { prefix?: string; startAfter?: string },
): string[] {
  const matching = tree.filter((key) => {
    return key.startsWith(prefix) && compareUtf8(key, startAfter) > 0;
  });
  return matching.sort(compareUtf8);
}

function beginning(text: string, length: number): string {
  const characters = [...text];
  return characters.slice(0, length % (characters.length + 1)).join('');
}

/** A file cannot be the folder of another. */
function withoutFoldersOfOthers(keys: readonly string[]): string[] {
  const distinct = [...new Set(keys)];
  return distinct.filter((key) => !distinct.some((other) => other.startsWith(`${key}/`)));
}

function writeEmptyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
}
