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
  ["a copy of Node's stream", () => copyOfStream(Readable.from(records(20)))],
  ["a copy of the web's stream", () => copyOfWebStream(ReadableStream.from(records(20)))],
  ['a cursor', () => new Cursor(records(20))],
  ['what hands out one iterator', () => handsOut(records(20)[Symbol.iterator]())],
  ['what hands out one async iterator', () => handsOutAsync(generate())],
];

/** As `readable-stream` has them: no instance of `Readable`. */
function copyOfStream(stream: Readable): Source {
  return {
    pipe: () => {},
    on: () => {},
    [Symbol.asyncIterator]: () => stream.iterator({ destroyOnReturn: false }),
  } as Source;
}

function copyOfWebStream(stream: ReadableStream<MeteringRecord>): Source {
  return {
    getReader: () => stream.getReader(),
    [Symbol.asyncIterator]: () => stream.values({ preventCancel: true }),
  } as Source;
}

/** As databases have them: each iterator goes on where the last one ended. */
class Cursor implements AsyncIterable<MeteringRecord> {
  readonly #records: MeteringRecord[];

  constructor(all: MeteringRecord[]) {
    this.#records = all;
  }

  async next(): Promise<MeteringRecord | null> {
    return this.#records.shift() ?? null;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<MeteringRecord> {
    for (let record = await this.next(); record !== null; record = await this.next()) yield record;
  }
}

function handsOut(iterator: Iterator<MeteringRecord>): Source {
  return { [Symbol.iterator]: () => iterator };
}

function handsOutAsync(iterator: AsyncIterator<MeteringRecord>): Source {
  return { [Symbol.asyncIterator]: () => iterator };
}

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

// Something else had read it, and what was stored was a whole set of no usage.
it('a stream that was read to its end is refused by the first write', async () => {
  const storage = createMemoryStorage();
  const stream = Readable.from(records(20));
  expect(await stream.toArray()).toHaveLength(20);
  expect(await rejection(createMeteringWriter({ storage }).write(dataOf(stream)))).toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: 'data', code: 'WRONG_TYPE' }],
  });
  expect(await storedPages(storage)).toEqual([]);
});

it('a stream without records that nothing has read is no usage', async () => {
  const storage = createMemoryStorage();
  await createMeteringWriter({ storage }).write(dataOf(Readable.from([])));
  expect(await storedPages(storage)).toMatchObject([{ parts: 1, data: [] }]);
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
