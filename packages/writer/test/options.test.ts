import { createMemoryStorage } from '@metering/core';
import { expect, it } from 'vitest';
import { createMetaWriter, createMeteringWriter } from '../src/index.ts';
import { dataOf } from './support/data.ts';
import { rejection } from './support/storage-errors.ts';
import { watchedStorage } from './support/watched-storage.ts';

const storage = createMemoryStorage();

it.each<[string, Record<string, unknown>, string]>([
  ['no storage', { storage: undefined }, 'storage must be'],
  ['a storage that is none', { storage: { put: 1 } }, 'storage must be'],
  ['a storage that is null', { storage: null }, 'storage must be'],
  [
    'a negative page size',
    { pageSizeBytes: -1 },
    'pageSizeBytes must be an integer from 0, got -1',
  ],
  ['a page size with a fraction', { pageSizeBytes: 1.5 }, 'pageSizeBytes'],
  ['a page size that is a text', { pageSizeBytes: '16' }, 'pageSizeBytes'],
  ['a page size without end', { pageSizeBytes: Number.POSITIVE_INFINITY }, 'pageSizeBytes'],
  ['a level above 9', { compressionLevel: 10 }, 'compressionLevel must be an integer from 0 to 9'],
  ['a level below 0', { compressionLevel: -1 }, 'compressionLevel'],
  [
    'a way to compress that there is not',
    { compression: 'gzip' },
    'compression must be one of auto',
  ],
  ['a way to compress that is none', { compression: true }, 'compression must be one of'],
  ['no concurrency', { concurrency: 0 }, 'concurrency must be an integer from 1, got 0'],
  ['NaN as concurrency', { concurrency: Number.NaN }, 'concurrency'],
  ['a shared pool with a slash', { sharedPoolId: 'a/b' }, 'sharedPoolId must not contain'],
  ['a shared pool that is a number', { sharedPoolId: 5 }, 'sharedPoolId must be a string'],
  ['an overwrite that is a text', { overwrite: 'false' }, 'overwrite must be true or false'],
  ['a logger without methods', { logger: {} }, 'logger must be'],
  ['an option that there is not', { pageSize: 5 }, 'there is no option pageSize, only storage,'],
])('a metering writer with %s is a TypeError when it is made', (_, options, message) => {
  expect(() => createMeteringWriter({ storage, ...options })).toThrow(TypeError);
  expect(() => createMeteringWriter({ storage, ...options })).toThrow(
    `createMeteringWriter: ${message}`,
  );
});

it.each<[string, Record<string, unknown>, string]>([
  ['no storage', { storage: undefined }, 'storage must be'],
  ['an overwrite that is a number', { overwrite: 1 }, 'overwrite must be true or false'],
  ['a level that is a text', { compressionLevel: 'best' }, 'compressionLevel must be an integer'],
  ['an option of the other writer', { pageSizeBytes: 5 }, 'there is no option pageSizeBytes'],
])('a metadata writer with %s is a TypeError when it is made', (_, options, message) => {
  expect(() => createMetaWriter({ storage, ...options })).toThrow(TypeError);
  expect(() => createMetaWriter({ storage, ...options })).toThrow(`createMetaWriter: ${message}`);
});

it.each([undefined, null, 5])('a writer with %s for options is a TypeError', (options) => {
  expect(() => createMeteringWriter(options as never)).toThrow(TypeError);
  expect(() => createMetaWriter(options as never)).toThrow(TypeError);
});

it('says of options whose await was forgotten that they are a promise', () => {
  const opening = Promise.resolve({ storage }) as never;
  for (const create of [createMeteringWriter, createMetaWriter]) {
    expect(() => create(opening)).toThrow('options must be an object, got a Promise');
  }
});

it('takes undefined for every option that need not be given', async () => {
  const writer = createMeteringWriter({
    storage: createMemoryStorage(),
    sharedPoolId: undefined,
    pageSizeBytes: undefined,
    overwrite: undefined,
    compressionLevel: undefined,
    compression: undefined,
    concurrency: undefined,
    logger: undefined,
  });
  const { pages } = await writer.write(dataOf([]), { overwrite: undefined, signal: undefined });
  expect(pages).toHaveLength(1);
});

// Accessors of a class were checked, then forgotten: usage went to the default pool without a word.
it('takes options from the accessors of a class, too', async () => {
  class Options {
    get storage() {
      return storage;
    }
    get sharedPoolId() {
      return 'pool-7';
    }
  }
  const { pages } = await createMeteringWriter(new Options()).write(dataOf([]));
  expect(pages[0]?.key).toContain('/pool-7/');
  const meta = { clusterId: 'c', type: 'logic', modifyTs: 1, metadata: {} } as const;
  const { storage: inherited } = new Options();
  const metaWriter = createMetaWriter(Object.create({ storage: inherited }));
  expect(await metaWriter.write(meta)).toMatchObject({ outcome: 'created' });
});

it.each<[string, Record<string, unknown>]>([
  ['an overwrite that is a text', { overwrite: 'yes' }],
  ['a signal that is none', { signal: {} }],
  ['an option that there is not', { overwite: true }],
])('a write with %s is a TypeError, and nothing is stored', async (_, options) => {
  const watched = watchedStorage(createMemoryStorage());
  const writer = createMeteringWriter({ storage: watched });
  expect(await rejection(writer.write(dataOf([]), options))).toBeInstanceOf(TypeError);
  const metaWriter = createMetaWriter({ storage: watched });
  const data = { clusterId: 'c', type: 'logic', modifyTs: 1, metadata: {} } as const;
  expect(await rejection(metaWriter.write(data, options))).toBeInstanceOf(TypeError);
  expect(watched.calls).toEqual([]);
});

it('a write with an option that there is not says which there are', async () => {
  const misspelt: Record<string, unknown> = { overwite: true };
  const message = 'write: there is no option overwite, only overwrite, signal';
  const writer = createMeteringWriter({ storage });
  await expect(writer.write(dataOf([]), misspelt)).rejects.toThrow(message);
  const data = { clusterId: 'c', type: 'logic', modifyTs: 1, metadata: {} } as const;
  await expect(createMetaWriter({ storage }).write(data, misspelt)).rejects.toThrow(message);
});
