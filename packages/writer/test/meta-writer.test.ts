import { gunzipSync, gzipSync } from 'node:zlib';
import {
  createMemoryStorage,
  type MetaData,
  parseMetaKey,
  type StorageProvider,
  ValidationError,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMetaWriter } from '../src/index.ts';
import { rejection, storageError } from './support/storage-errors.ts';
import { watchedStorage } from './support/watched-storage.ts';

const KEY = 'metering/meta/logic/cluster-1/1755850400.json.gz';
const META: MetaData = {
  clusterId: 'cluster-1',
  type: 'logic',
  modifyTs: 1_755_850_400,
  metadata: { name: 'one', limit: 2n ** 64n - 1n },
};

async function stored(storage: StorageProvider, key = KEY): Promise<string> {
  return gunzipSync(await storage.get(key)).toString();
}

it('writes a file as it is laid down, to the byte', async () => {
  const storage = createMemoryStorage();
  expect(await createMetaWriter({ storage }).write(META)).toEqual({ key: KEY, outcome: 'created' });
  expect(await stored(storage)).toBe(
    '{"cluster_id":"cluster-1","type":"logic","modify_ts":1755850400,"metadata":{"name":"one","limit":18446744073709551615}}',
  );
});

it('writes the category where there is one, in the key and in the file', async () => {
  const storage = createMemoryStorage();
  const writer = createMetaWriter({ storage });
  const { key } = await writer.write({ ...META, type: 'sharedpool', category: 'tidb-server' });
  expect(key).toBe('metering/meta/sharedpool/tidb-server/cluster-1/1755850400.json.gz');
  expect(await stored(storage, key)).toContain('"type":"sharedpool","category":"tidb-server",');
});

it('takes an empty category for none', async () => {
  const storage = createMemoryStorage();
  const { key } = await createMetaWriter({ storage }).write({ ...META, category: '' });
  expect(key).toBe(KEY);
  expect(await stored(storage)).not.toContain('category');
});

it('writes a large file whole', async () => {
  const storage = createMemoryStorage();
  const metadata = { list: Array.from({ length: 60_000 }, (_, index) => ({ index })) };
  await createMetaWriter({ storage }).write({ ...META, metadata });
  expect(JSON.parse(await stored(storage)).metadata).toEqual(metadata);
});

describe('what is there already', () => {
  it('and says the same counts as written, however it is spelled', async () => {
    const storage = createMemoryStorage();
    const writer = createMetaWriter({ storage });
    await writer.write(META);
    expect(await writer.write(META)).toEqual({ key: KEY, outcome: 'unchanged' });
    const reordered =
      '{"metadata":{"limit":18446744073709551615, "name":"one"},"modify_ts":1755850400';
    await storage.put(KEY, gzipSync(`${reordered},"type":"logic","cluster_id":"cluster-1"}`));
    expect(await writer.write(META)).toEqual({ key: KEY, outcome: 'unchanged' });
  });

  it('and says something else is left as it is', async () => {
    const storage = createMemoryStorage();
    const writer = createMetaWriter({ storage });
    await writer.write(META);
    const error = await rejection(writer.write({ ...META, metadata: { name: 'two' } }));
    expect(error).toMatchObject({ name: 'StorageError', code: 'ALREADY_EXISTS', key: KEY });
    expect(await stored(storage)).toContain('"one"');
  });

  it('is replaced with overwrite, in a call or as the writer’s setting', async () => {
    const storage = createMemoryStorage();
    await createMetaWriter({ storage }).write(META);
    const two = { ...META, metadata: { name: 'two' } };
    const replaced = { key: KEY, outcome: 'overwritten' };
    expect(await createMetaWriter({ storage }).write(two, { overwrite: true })).toEqual(replaced);
    expect(await stored(storage)).toContain('"two"');
    expect(await createMetaWriter({ storage, overwrite: true }).write(META)).toEqual(replaced);
    expect(await stored(storage)).toContain('"one"');
  });
});

it('says "created" with overwrite, too, when nothing was there', async () => {
  const storage = watchedStorage(createMemoryStorage());
  const writer = createMetaWriter({ storage, overwrite: true });
  expect(await writer.write(META)).toEqual({ key: KEY, outcome: 'created' });
  expect(storage.calls).toEqual([`put ${KEY}`]);
});

it('overwrites where a store has no exclusive create, and refuses to write there without', async () => {
  const storage = createMemoryStorage();
  const put: StorageProvider['put'] = async (key, body, options) => {
    if (options?.mode === 'create') throw storageError('UNSUPPORTED', key);
    return storage.put(key, body, options);
  };
  const writer = createMetaWriter({ storage: { ...watchedStorage(storage), put } });
  expect(await rejection(writer.write(META))).toMatchObject({ code: 'UNSUPPORTED' });
  const overwrite = { overwrite: true };
  expect((await writer.write(META, overwrite)).outcome).toBe('created');
  expect((await writer.write(META, overwrite)).outcome).toBe('overwritten');
});

it.each<[string, string, Record<string, unknown>]>([
  ['a negative time, which would never be found', 'modifyTs', { modifyTs: -1 }],
  ['a time with a fraction', 'modifyTs', { modifyTs: 1.5 }],
  ['a time beyond 2^53 - 1', 'modifyTs', { modifyTs: 2 ** 53 }],
  ['an unknown type', 'type', { type: 'logical' }],
  ['a cluster with a slash', 'clusterId', { clusterId: '../x' }],
  ['a category ".."', 'category', { category: '..' }],
  ['metadata that is a list', 'metadata', { metadata: [] }],
  ['metadata that is missing', 'metadata', { metadata: undefined }],
  ['metadata with NaN', 'metadata.a', { metadata: { a: Number.NaN } }],
  ['a metric with a fraction', 'metadata.a.value', { metadata: { a: { value: 0.5, unit: 'x' } } }],
])('refuses %s before the store hears of it', async (_, path, wrong) => {
  const storage = watchedStorage(createMemoryStorage());
  for (const overwrite of [false, true]) {
    const writer = createMetaWriter({ storage, overwrite });
    const error = await rejection(writer.write({ ...META, ...wrong } as MetaData));
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map((issue) => issue.path)).toEqual([path]);
  }
  expect(storage.calls).toEqual([]);
});

it('refuses a file that no reader would take', async () => {
  const storage = watchedStorage(createMemoryStorage());
  const mebibyte = 'x'.repeat(1_048_576);
  const metadata = { list: Array.from({ length: 100 }, () => mebibyte) };
  const error = await rejection(createMetaWriter({ storage }).write({ ...META, metadata }));
  expect(error).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'metadata' }] });
  expect(storage.calls).toEqual([]);
});

// The second turned between the key and the file: no reader took what the writer had called written.
it('says one time in the key and in the file, whatever an accessor says next', async () => {
  const storage = createMemoryStorage();
  let modifyTs = 1_755_850_400;
  const meta = {
    ...META,
    get modifyTs() {
      return modifyTs++;
    },
  };
  const { key } = await createMetaWriter({ storage }).write(meta);
  const { modify_ts } = JSON.parse(await stored(storage, key));
  expect(parseMetaKey(key)?.modifyTs).toBe(modify_ts);
});

it('leaves the caller’s data as it was', async () => {
  const data = Object.freeze({ ...META, metadata: Object.freeze({ a: 1 }) });
  await createMetaWriter({ storage: createMemoryStorage() }).write(data);
  expect(data).toEqual({ ...META, metadata: { a: 1 } });
});

it('ends at once when it is aborted, with the reason untouched', async () => {
  const reason = new Error('enough');
  const abort = new AbortController();
  const hanging = watchedStorage(createMemoryStorage(), {
    before: () => {
      abort.abort(reason);
      return new Promise(() => {});
    },
  });
  const writer = createMetaWriter({ storage: hanging });
  expect(await rejection(writer.write(META, { signal: abort.signal }))).toBe(reason);
  const again = writer.write(META, { signal: abort.signal });
  expect(await rejection(again)).toBe(reason);
  expect(hanging.calls).toHaveLength(1);
});
