import {
  createMemoryStorage,
  FormatError,
  type JsonValue,
  type MetaType,
  metaKey,
  ValidationError,
  withPrefix,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMetaReader, type MetaQuery, type MetaReaderOptions } from '../src/index.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { META, META_KEY, putJson, putMeta, putText } from './support/files.ts';
import { GatedStorage } from './support/gated-storage.ts';

function setUp(options: Omit<MetaReaderOptions, 'storage'> = {}) {
  const storage = new CountingStorage(createMemoryStorage());
  return { storage, reader: createMetaReader({ storage, ...options }) };
}

describe('read', () => {
  it('gives the newest at or before a time, and the newest of all without a time', async () => {
    const { storage, reader } = setUp();
    for (const modifyTs of [100, 200, 1000]) await putMeta(storage, { modifyTs }, { modifyTs });
    const newest = async (at?: number) => (await reader.read({ clusterId: 'c1', at }))?.modifyTs;
    expect(await newest(99)).toBeUndefined();
    expect(await newest(100)).toBe(100);
    expect(await newest(199)).toBe(100);
    expect(await newest(200)).toBe(200);
    expect(await newest(999)).toBe(200);
    expect(await newest(1000)).toBe(1000);
    expect(await newest(Number.MAX_SAFE_INTEGER)).toBe(1000);
    expect(await newest()).toBe(1000);
  });

  it('gives the whole record', async () => {
    const { storage, reader } = setUp();
    const key = await putMeta(storage, { category: 'tidb', modifyTs: 5 }, { plan: { name: 'x' } });
    expect(await reader.read({ clusterId: 'c1', category: 'tidb' })).toEqual({
      key,
      type: 'logic',
      clusterId: 'c1',
      category: 'tidb',
      modifyTs: 5,
      metadata: { plan: { name: 'x' } },
    });
  });

  it('of any type looks at both, where the reference looks at a path that nothing writes', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, { type: 'logic', modifyTs: 100 });
    await putMeta(storage, { type: 'sharedpool', modifyTs: 200 });
    await putMeta(storage, { type: 'logic', modifyTs: 300 });
    const newest = async (query: Partial<MetaQuery>) => {
      const record = await reader.read({ clusterId: 'c1', ...query });
      return record && [record.type, record.modifyTs];
    };
    expect(await newest({})).toEqual(['logic', 300]);
    expect(await newest({ at: 299 })).toEqual(['sharedpool', 200]);
    expect(await newest({ type: 'logic', at: 299 })).toEqual(['logic', 100]);
    expect(await newest({ type: 'sharedpool' })).toEqual(['sharedpool', 200]);
    expect(await newest({ type: 'sharedpool', at: 199 })).toBeUndefined();
  });

  it('of two types that are equally new gives logic', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, { type: 'sharedpool', modifyTs: 100 });
    await putMeta(storage, { type: 'logic', modifyTs: 100 });
    expect(await reader.read({ clusterId: 'c1' })).toMatchObject({ type: 'logic' });
  });

  it('tells a category from a cluster of the same name by depth, which the reference mixes up', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, { clusterId: 'x', modifyTs: 100 }, { of: 'the cluster x' });
    await putMeta(storage, { category: 'x', clusterId: 'c1', modifyTs: 200 }, { of: 'category x' });
    await putMeta(
      storage,
      { category: 'x', clusterId: '300', modifyTs: 400 },
      { of: 'category x' },
    );
    await putMeta(storage, { clusterId: 'c1', modifyTs: 150 }, { of: 'the cluster c1' });
    const read = async (query: MetaQuery) => (await reader.read(query))?.metadata.of;
    expect(await read({ clusterId: 'x' })).toBe('the cluster x');
    expect(await read({ clusterId: 'c1' })).toBe('the cluster c1');
    expect(await read({ clusterId: 'c1', category: '' })).toBe('the cluster c1');
    expect(await read({ clusterId: 'c1', category: 'x' })).toBe('category x');
    expect(await read({ clusterId: 'c1', category: 'y' })).toBeUndefined();
    expect(await read({ clusterId: 'x', category: 'x' })).toBeUndefined();
  });

  it('reads by keys that are relative to the prefix, where the reference finds none', async () => {
    const storage = withPrefix(createMemoryStorage(), 'tenant');
    const key = await putMeta(storage, {});
    expect(await createMetaReader({ storage }).read({ clusterId: 'c1' })).toMatchObject({ key });
  });

  it('takes a list and a GET, no HEAD', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, {});
    await putMeta(storage, { modifyTs: 1755850001 });
    storage.reset();
    await reader.read({ clusterId: 'c1', type: 'logic' });
    expect(storage).toMatchObject({
      lists: 1,
      heads: 0,
      gets: [metaKey({ ...META, modifyTs: 1755850001 })],
    });
  });

  it('takes 3 lists and a GET among 10,000 versions, where the reference lists every one', async () => {
    const { storage, reader } = setUp({ cache: false });
    for (let index = 0; index < 10_000; index++) {
      await putMeta(storage, { modifyTs: 1_700_000_000 + index * 60 });
    }
    for (const at of [undefined, 1_700_000_030, 1_700_300_001, 1_700_599_940, 2_000_000_000]) {
      storage.reset();
      const found = await reader.read({ clusterId: 'c1', type: 'logic', at });
      const expected = Math.min(Math.floor(((at ?? 2e9) - 1.7e9) / 60), 9999) * 60 + 1.7e9;
      expect(found?.modifyTs).toBe(expected);
      expect(storage.lists).toBeLessThanOrEqual(3);
      expect(storage.gets).toHaveLength(1);
    }
  });

  it('reads what comes before, when the newest is deleted between listing and reading', async () => {
    const inner = createMemoryStorage();
    await putMeta(inner, { modifyTs: 100 });
    const newest = await putMeta(inner, { modifyTs: 200 });
    const gated = new GatedStorage(inner);
    const reader = createMetaReader({ storage: gated, cache: { listingMaxAgeMs: 60_000 } });
    const reading = reader.read({ clusterId: 'c1' });
    await gated.until(1);
    await inner.delete(newest);
    gated.open(newest);
    await gated.until(1);
    gated.open(gated.waiting[0]);
    expect(await reading).toMatchObject({ modifyTs: 100 });
  });

  it('rejects with the reason of an abort, before and while it reads', async () => {
    const inner = createMemoryStorage();
    await putMeta(inner, {});
    const gated = new GatedStorage(inner);
    const reader = createMetaReader({ storage: gated });
    const reason = new Error('stop');
    const aborted = reader.read({ clusterId: 'c1' }, { signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
    const controller = new AbortController();
    const reading = reader.read({ clusterId: 'c1' }, { signal: controller.signal });
    await gated.until(1);
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });

  it.each([
    [null, ['clusterId']],
    [{}, ['clusterId']],
    [
      { clusterId: 'a/b', category: '..', type: 'logical', at: -1 },
      ['clusterId', 'category', 'type', 'at'],
    ],
    [{ clusterId: 'c1', at: 1.5 }, ['at']],
    [{ clusterId: 'c1', at: new Date() }, ['at']],
    [{ clusterId: 'c1', at: Number.MAX_SAFE_INTEGER + 1 }, ['at']],
  ])(
    'refuses the query %j, naming every field, and asks the storage nothing',
    async (query, paths) => {
      const { storage, reader } = setUp();
      const error = await reader.read(query as MetaQuery).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ValidationError);
      expect((error as ValidationError).issues.map(({ path }) => path)).toEqual(paths);
      expect(storage.lists).toBe(0);
    },
  );
});

describe('readFile', () => {
  it('reads a key in one request', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, {}, { a: 1 });
    expect(await reader.readFile(META_KEY)).toEqual({ key: META_KEY, ...META, metadata: { a: 1 } });
    expect(storage).toMatchObject({ lists: 0, heads: 0, gets: [META_KEY] });
  });

  it('keeps every digit', async () => {
    const { storage, reader } = setUp();
    await putText(storage, META_KEY, '{"metadata":{"quota":18446744073709551615}}');
    expect((await reader.readFile(META_KEY)).metadata).toEqual({ quota: 18446744073709551615n });
  });

  it.each<[string, JsonValue]>([
    ['all fields', { cluster_id: 'c1', type: 'logic', modify_ts: META.modifyTs, metadata: {} }],
    ['an empty category', { category: '', metadata: {} }],
    ['no field but the metadata', { metadata: {} }],
    ['null for metadata, as Go writes none', { metadata: null }],
  ])('reads %s', async (_what, body) => {
    const { storage, reader } = setUp();
    await putJson(storage, META_KEY, body);
    expect((await reader.readFile(META_KEY)).metadata).toEqual({});
  });

  it('refuses a file that says that it has no category under the key of one', async () => {
    const { storage, reader } = setUp();
    const key = await putMeta(storage, { category: 'tidb' });
    await putJson(storage, key, { category: '', metadata: {} });
    const message = 'category is "" in the file, but "tidb" by its key';
    await expect(reader.readFile(key)).rejects.toThrow(message);
  });

  it.each<[string, JsonValue, string]>([
    ['another cluster', { cluster_id: 'c2', metadata: {} }, 'cluster_id is "c2"'],
    ['another type', { type: 'sharedpool', metadata: {} }, 'type is "sharedpool"'],
    ['another time', { modify_ts: 1, metadata: {} }, 'modify_ts is 1'],
    ['a category that the key has not', { category: 'x', metadata: {} }, 'category is "x"'],
    ['no metadata', {}, 'metadata must be an object, not absent'],
    ['a list for metadata', { metadata: [] }, 'metadata must be an object, not an array'],
    ['a list', [], 'must hold an object'],
  ])('refuses %s', async (_what, body, message) => {
    const { storage, reader } = setUp();
    await putJson(storage, META_KEY, body);
    const error = await reader.readFile(META_KEY).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ code: 'UNEXPECTED_SHAPE', key: META_KEY });
    expect((error as FormatError).message).toContain(message);
  });

  it('passes on that there is no such file', async () => {
    await expect(setUp().reader.readFile(META_KEY)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    'metering/meta/logical/c1/1.json.gz',
    'metering/meta/logic/c1/01.json.gz',
    'metering/meta/logic/c1/-5.json.gz',
    'metering/meta/logic/a/b/c1/1.json.gz',
    'metering/ru/60/c/p/n-0.json.gz',
    undefined,
  ])('refuses the key %j, and asks the storage nothing', async (key) => {
    const { storage, reader } = setUp();
    const reading = reader.readFile(key as string);
    await expect(reading).rejects.toBeInstanceOf(ValidationError);
    await expect(reading).rejects.toThrow(/key: must be the key of a metadata file/);
    expect(storage.gets).toEqual([]);
  });

  it('rejects with the reason of an abort', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, {});
    const reason = new Error('stop');
    const reading = reader.readFile(META_KEY, { signal: AbortSignal.abort(reason) });
    await expect(reading).rejects.toBe(reason);
  });
});

it.each<MetaType>(['logic', 'sharedpool'])(
  'a corrupt file among %s metadata is an error, never the one before it',
  async (type) => {
    const { storage, reader } = setUp();
    await putMeta(storage, { type, modifyTs: 100 });
    const key = metaKey({ ...META, type, modifyTs: 200 });
    await storage.put(key, new Uint8Array(5));
    await expect(reader.read({ clusterId: 'c1' })).rejects.toMatchObject({
      code: 'CORRUPT_GZIP',
      key,
    });
  },
);
