import { createMemoryStorage, ValidationError } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMetaReader, type VersionsQuery } from '../src/index.ts';
import { collect } from './support/collect.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { putMeta } from './support/files.ts';
import { VersionListing } from './support/version-listing.ts';

function readerOf(times: readonly number[]) {
  const storage = new CountingStorage(new VersionListing(times.map((time) => `${time}.json.gz`)));
  return { storage, reader: createMetaReader({ storage }) };
}

const QUERY = { clusterId: 'c1', type: 'logic' } as const;

describe('versions', () => {
  it('are given with all that their keys say', async () => {
    const storage = createMemoryStorage();
    const plain = await putMeta(storage, { modifyTs: 5 });
    const ofCategory = await putMeta(storage, { modifyTs: 6, category: 'x' });
    await putMeta(storage, { modifyTs: 7, type: 'sharedpool' });
    await putMeta(storage, { modifyTs: 8, category: 'c1', clusterId: '9' });
    const reader = createMetaReader({ storage });
    const version = { ...QUERY, key: plain, modifyTs: 5 };
    expect(await collect(reader.versions(QUERY))).toEqual([version]);
    expect(await collect(reader.versions({ ...QUERY, category: '' }))).toEqual([version]);
    expect(await collect(reader.versions({ ...QUERY, category: 'x' }))).toEqual([
      { ...QUERY, category: 'x', key: ofCategory, modifyTs: 6 },
    ]);
  });

  const mixtures: Record<string, number[]> = {
    none: [],
    few: [9, 10, 100, 99, 1000, 0, 1],
    'many of one width': Array.from({ length: 5000 }, (_, index) => 1_700_000_000 + index * 60),
    'many, from 1 on': Array.from({ length: 3000 }, (_, index) => index + 1),
    'many, across a power of ten': Array.from({ length: 4000 }, (_, index) => 8000 + index),
    'many, of one width, beginning with 9': Array.from(
      { length: 1500 },
      (_, index) => 90_000 + index,
    ),
  };

  it.each(Object.keys(mixtures))('come in the order of time: %s', async (name) => {
    const times = mixtures[name] as number[];
    const found = await collect(readerOf(times).reader.versions(QUERY));
    expect(found.map(({ modifyTs }) => modifyTs)).toEqual([...times].sort((a, b) => a - b));
  });

  it('come lazily: who leaves early has caused few requests', async () => {
    const { storage, reader } = readerOf(mixtures['many of one width'] as number[]);
    for await (const { modifyTs } of reader.versions(QUERY)) {
      expect(modifyTs).toBe(1_700_000_000);
      break;
    }
    expect(storage.lists).toBe(2);
  });

  it.each([
    [{}, ['clusterId', 'type']],
    [undefined, ['clusterId', 'type']],
    [{ clusterId: 'c1', type: 'logical', category: 'a/b' }, ['category', 'type']],
  ])('refuse the query %j, naming every field', async (query, paths) => {
    const { reader } = readerOf([]);
    const error = await collect(reader.versions(query as VersionsQuery)).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map(({ path }) => path)).toEqual(paths);
  });

  it('reject with the reason of an abort between two of them', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    const versions = readerOf([1, 2, 3]).reader.versions(QUERY, { signal: controller.signal });
    const iterator = versions[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort(reason);
    await expect(iterator.next()).rejects.toBe(reason);
  });

  it('reject with the reason of an abort', async () => {
    const storage = createMemoryStorage();
    await putMeta(storage, {});
    const reason = new Error('stop');
    const reader = createMetaReader({ storage });
    const versions = reader.versions(QUERY, { signal: AbortSignal.abort(reason) });
    await expect(collect(versions)).rejects.toBe(reason);
  });
});
