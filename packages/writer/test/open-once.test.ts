import { Readable } from 'node:stream';
import {
  createMemoryStorage,
  type MeteringData,
  type MeteringRecord,
  type StorageProvider,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringWriter } from '../src/index.ts';
import { dataOf, pageKey, RECORD_BYTES, records } from './support/data.ts';
import { rejection, storageError } from './support/storage-errors.ts';
import { storedPages, storedRecords } from './support/stored-pages.ts';
import { watchedStorage } from './support/watched-storage.ts';

type Source = MeteringData['data'];

async function* generate(): AsyncGenerator<MeteringRecord> {
  yield* records(20);
}

const ONCE: readonly [string, () => Source][] = [
  ['a generator', () => records(20)[Symbol.iterator]()],
  ['an async generator', () => generate()],
  ['the values of a map', () => new Map(records(20).entries()).values()],
  ["Node's stream", () => Readable.from(records(20))],
  ["the web's stream", () => ReadableStream.from(records(20)) as Source],
];

/**
 * "Write the same data again" with a generator whose first write had failed: it gave no records any more, or
 * those that were left, and what was stored was a whole set of too little usage.
 */
describe.each(ONCE)('%s', (_, make) => {
  it.each([0, RECORD_BYTES])(
    'is refused by a second write, whatever the first came to; pages of %d bytes',
    async (pageSizeBytes) => {
      const storage = createMemoryStorage();
      const data = dataOf(make());
      const failing = createMeteringWriter({ storage: full(storage), pageSizeBytes });
      expect(await rejection(failing.write(data))).toMatchObject({ code: 'NO_SPACE' });
      for (const overwrite of [false, true]) {
        const writer = createMeteringWriter({ storage, pageSizeBytes, overwrite });
        expect(await rejection(writer.write(data))).toMatchObject({
          code: 'INVALID_INPUT',
          issues: [{ path: 'data', code: 'WRONG_TYPE' }],
        });
      }
      expect(await storedPages(storage)).toEqual([]);
      await createMeteringWriter({ storage, pageSizeBytes }).write(dataOf(make()));
      expect(await storedRecords(storage)).toEqual(records(20));
    },
  );
});

it('what gives its records anew each time may be written again', async () => {
  const storage = createMemoryStorage();
  const data = dataOf(new Set(records(20)));
  const failing = createMeteringWriter({ storage: full(storage) });
  expect(await rejection(failing.write(data))).toMatchObject({ code: 'NO_SPACE' });
  const { pages } = await createMeteringWriter({ storage }).write(data);
  expect(pages).toMatchObject([{ key: pageKey(0), records: 20 }]);
});

function full(storage: StorageProvider): StorageProvider {
  const before = ({ key }: { readonly key: string }): never => {
    throw storageError('NO_SPACE', key);
  };
  return watchedStorage(storage, { before });
}
