import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  createMemoryStorage,
  type GetOptions,
  type ListQuery,
  type ObjectInfo,
  StorageError,
  type StorageProvider,
} from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMetaReader, type MetaCacheOptions } from '../src/index.ts';
import { collect } from './support/collect.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { META_KEY, putMeta } from './support/files.ts';
import { ForwardingStorage } from './support/forwarding-storage.ts';
import { recordingLogger } from './support/recording-logger.ts';

const QUERY = { clusterId: 'c1', type: 'logic' } as const;

function setUp(cache: MetaCacheOptions = {}) {
  const storage = new CountingStorage(createMemoryStorage());
  const logger = recordingLogger();
  return { storage, logger, reader: createMetaReader({ storage, cache, logger }) };
}

/** Metadata that no compression makes smaller. */
function noise(bytes: number) {
  return { noise: randomBytes(bytes).toString('base64') };
}

describe('files in memory', () => {
  it('are fetched once, though every read asks what there is', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, {}, { a: 1 });
    for (let time = 0; time < 3; time++) {
      expect((await reader.read({ ...QUERY, at: 1755850000 + time }))?.metadata).toEqual({ a: 1 });
    }
    expect(storage).toMatchObject({ lists: 3, gets: [META_KEY], heads: 0 });
  });

  it('that were overwritten are fetched again, which the reference never sees', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, {}, { a: 1 });
    await reader.read(QUERY);
    await putMeta(storage, {}, { a: 2 });
    expect((await reader.read(QUERY))?.metadata).toEqual({ a: 2 });
    expect(storage.gets).toHaveLength(2);
  });

  it('of a store without etags are told apart by size and time', async () => {
    class WithoutEtags extends CountingStorage {
      time = 1000;

      override async *list(query?: ListQuery): AsyncGenerator<ObjectInfo> {
        for await (const { key, size } of super.list(query)) {
          yield { key, size, lastModified: new Date(this.time) };
        }
      }
    }
    const storage = new WithoutEtags(createMemoryStorage());
    const reader = createMetaReader({ storage });
    await putMeta(storage, {}, { a: 1 });
    await reader.read(QUERY);
    await reader.read(QUERY);
    expect(storage.gets).toHaveLength(1);
    await putMeta(storage, {}, { a: 2 });
    storage.time += 1;
    expect((await reader.read(QUERY))?.metadata).toEqual({ a: 2 });
  });

  it('cannot be corrupted by a caller who changes what was read', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, {}, { plan: { name: 'x' } });
    const first = (await reader.read(QUERY))?.metadata as { plan: { name: string } };
    first.plan.name = 'changed';
    expect((await reader.read(QUERY))?.metadata).toEqual({ plan: { name: 'x' } });
  });

  it('cannot be corrupted by a storage that uses its buffers again', async () => {
    const body = gzipSync('{"metadata":{"a":1}}');
    class Reusing extends ForwardingStorage {
      override async get(): Promise<Uint8Array> {
        const shared = Uint8Array.from(body);
        setImmediate(() => shared.fill(0));
        return shared;
      }
    }
    const storage = createMemoryStorage();
    await storage.put(META_KEY, body);
    const reader = createMetaReader({ storage: new Reusing(storage) });
    await reader.read(QUERY);
    await new Promise((resolve) => setImmediate(resolve));
    expect((await reader.read(QUERY))?.metadata).toEqual({ a: 1 });
  });

  it('give way to others when there are too many: those that were not used for longest', async () => {
    const { storage, reader } = setUp({ maxBytes: 8000 });
    const clusters = ['a', 'b', 'c', 'd'];
    for (const clusterId of clusters) await putMeta(storage, { clusterId }, noise(1500));
    const isFetched = async (clusterId: string) => {
      storage.reset();
      await reader.read({ clusterId, type: 'logic' });
      return storage.gets.length === 1;
    };
    for (const clusterId of ['a', 'b', 'c']) expect(await isFetched(clusterId)).toBe(true);
    expect(await isFetched('a')).toBe(false);
    expect(await isFetched('d')).toBe(true);
    expect(await isFetched('a')).toBe(false);
    expect(await isFetched('b')).toBe(true);
  });

  it('that are too large are not kept, and leave the others, which the reference throws out', async () => {
    const { storage, reader } = setUp({ maxBytes: 4000 });
    await putMeta(storage, { clusterId: 'small' });
    await putMeta(storage, { clusterId: 'large' }, noise(5000));
    for (const clusterId of ['small', 'large', 'small', 'large']) await reader.read({ clusterId });
    const fetched = storage.gets.map((key) => key.split('/')[3]);
    expect(fetched).toEqual(['small', 'large', 'large']);
  });

  it('are not kept when they changed between the listing and the reading', async () => {
    class Racing extends CountingStorage {
      override async get(key: string, options?: GetOptions): Promise<Uint8Array> {
        if (this.gets.length === 0) await putMeta(this.inner, {}, { a: 'of another size' });
        return super.get(key, options);
      }
    }
    const storage = new Racing(createMemoryStorage());
    await putMeta(storage, {}, { a: 1 });
    const [before] = await collect(storage.list());
    const frozen = Object.assign(new ForwardingStorage(storage), {
      async *list() {
        yield before as ObjectInfo;
      },
    });
    const reader = createMetaReader({ storage: frozen });
    await reader.read(QUERY);
    await reader.read(QUERY);
    expect(storage.gets).toHaveLength(2);
  });

  it('are none with `cache: false`', async () => {
    const storage = new CountingStorage(createMemoryStorage());
    await putMeta(storage, {});
    const reader = createMetaReader({ storage, cache: false });
    await reader.read(QUERY);
    await reader.read(QUERY);
    expect(storage).toMatchObject({ lists: 2, gets: [META_KEY, META_KEY] });
  });

  it('that are corrupt are not kept', async () => {
    const { storage, reader } = setUp();
    await storage.put(META_KEY, gzipSync('{"metadata":'));
    await expect(reader.read(QUERY)).rejects.toMatchObject({ code: 'INVALID_JSON' });
    await expect(reader.read(QUERY)).rejects.toMatchObject({ code: 'INVALID_JSON' });
    expect(storage.gets).toHaveLength(2);
  });
});

describe('listings', () => {
  afterEach(() => vi.useRealTimers());

  const START = 1_755_850_000;

  function setUpClock() {
    vi.useFakeTimers({ toFake: ['Date'], now: START * 1000 });
    const set = setUp({ listingMaxAgeMs: 60_000 });
    const read = async (at?: number) => (await set.reader.read({ ...QUERY, at }))?.modifyTs;
    return { ...set, read };
  }

  it('serve a caller who asks for now, again and again, which the reference never does', async () => {
    const { storage, read } = setUpClock();
    await putMeta(storage, { modifyTs: START - 100 });
    for (let second = 0; second < 60; second++) {
      vi.setSystemTime((START + second) * 1000);
      expect(await read(START + second)).toBe(START - 100);
      expect(await read()).toBe(START - 100);
    }
    expect(storage).toMatchObject({ lists: 1, gets: [expect.any(String)] });
  });

  it('are made anew when they are too old, and a later write is seen', async () => {
    const { storage, read } = setUpClock();
    await putMeta(storage, { modifyTs: START - 100 });
    await read(START);
    await putMeta(storage, { modifyTs: START - 50 });
    vi.setSystemTime((START + 59) * 1000);
    expect(await read(START)).toBe(START - 100);
    vi.setSystemTime((START + 60) * 1000);
    expect(await read(START)).toBe(START - 50);
    expect(storage.lists).toBe(2);
  });

  it('are made anew when the clock was set back', async () => {
    const { storage, read } = setUpClock();
    await putMeta(storage, { modifyTs: START - 100 });
    await read(START);
    vi.setSystemTime((START - 3600) * 1000);
    await read(START);
    expect(storage.lists).toBe(2);
  });

  it('answer for exactly the times that they tell about', async () => {
    const { storage, read } = setUpClock();
    for (const modifyTs of [100, 200, 300]) await putMeta(storage, { modifyTs });
    const asked: [number | undefined, number | undefined, number][] = [
      [250, 200, 1],
      [200, 200, 1],
      [299, 200, 1],
      [300, 300, 2],
      [undefined, 300, 2],
      [Number.MAX_SAFE_INTEGER, 300, 2],
      [199, 100, 3],
      [100, 100, 3],
      [99, undefined, 4],
      [0, undefined, 4],
      [250, 200, 4],
    ];
    for (const [at, expected, lists] of asked) {
      expect(await read(at), `at ${at}`).toBe(expected);
      expect(storage.lists, `at ${at}`).toBe(lists);
    }
  });

  it('in a large folder answer for the times of one version too', async () => {
    const { storage, read } = setUpClock();
    for (let index = 0; index < 3000; index++)
      await putMeta(storage, { modifyTs: START + index * 60 });
    for (const at of [START + 1500 * 60 + 5, START + 3000 * 60, START - 1]) {
      const expected = await read(at);
      storage.reset();
      expect(await read(at)).toBe(expected);
      expect(storage.lists).toBe(0);
      expect(await read(at + 60)).toBe(
        at < START ? START : Math.min((expected as number) + 60, START + 2999 * 60),
      );
    }
  });

  it('remember that there is nothing', async () => {
    const { storage, read } = setUpClock();
    expect(await read(START)).toBeUndefined();
    expect(await read(START + 1)).toBeUndefined();
    expect(await read()).toBeUndefined();
    expect(storage.lists).toBe(1);
  });

  it('are asked for each time by default', async () => {
    const { storage, reader } = setUp();
    await putMeta(storage, { modifyTs: 100 });
    expect((await reader.read(QUERY))?.modifyTs).toBe(100);
    await putMeta(storage, { modifyTs: 200 });
    expect((await reader.read(QUERY))?.modifyTs).toBe(200);
  });

  it('are forgotten when they name a file that is gone', async () => {
    const storage = new CountingStorage(createMemoryStorage());
    const cache = { listingMaxAgeMs: 60_000, maxBytes: 1 };
    const reader = createMetaReader({ storage, cache });
    await putMeta(storage, { modifyTs: 100 });
    const newest = await putMeta(storage, { modifyTs: 200 });
    await reader.read(QUERY);
    await storage.delete(newest);
    expect((await reader.read(QUERY))?.modifyTs).toBe(100);
  });
});

describe.each(['memory', 'a local folder'])('files in %s that outlives the reader', (place) => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  async function newCache(): Promise<CountingStorage> {
    if (place === 'memory') return new CountingStorage(createMemoryStorage());
    const basePath = await mkdtemp(join(tmpdir(), 'meta-cache-'));
    folders.push(basePath);
    return new CountingStorage(createLocalFsStorage({ basePath }));
  }

  async function setUpStored(maxBytes?: number) {
    const storage = new CountingStorage(createMemoryStorage());
    const cacheStorage = await newCache();
    const logger = recordingLogger();
    /** As a process that starts anew does. */
    const startReader = () =>
      createMetaReader({ storage, cache: { storage: cacheStorage, maxBytes }, logger });
    return { storage, cacheStorage, logger, startReader };
  }

  async function keysIn(storage: StorageProvider): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of storage.list()) keys.push(key);
    return keys;
  }

  it('are not fetched again, where the reference never hits what it stored', async () => {
    const { storage, cacheStorage, startReader, logger } = await setUpStored();
    await putMeta(storage, {}, { a: 1 });
    await startReader().read(QUERY);
    storage.reset();
    const reader = startReader();
    expect((await reader.read(QUERY))?.metadata).toEqual({ a: 1 });
    expect((await reader.read(QUERY))?.metadata).toEqual({ a: 1 });
    expect(storage.gets).toEqual([]);
    expect(cacheStorage.gets).toHaveLength(2);
    expect(logger.warnings).toEqual([]);
  });

  it('are fetched again when they were overwritten', async () => {
    const { storage, startReader } = await setUpStored();
    await putMeta(storage, {}, { a: 1 });
    await startReader().read(QUERY);
    await putMeta(storage, {}, { a: 2 });
    expect((await startReader().read(QUERY))?.metadata).toEqual({ a: 2 });
  });

  it.each([
    ['nothing', () => new Uint8Array()],
    ['noise', () => randomBytes(100)],
    ['another file', () => gzipSync('{"metadata":{"a":"foreign"}}')],
    ['half of it', (entry: Uint8Array) => entry.subarray(0, -9)],
    ['a changed bit of it', (entry: Uint8Array) => entry.with(-12, (entry.at(-12) as number) ^ 1)],
  ])('are fetched and kept again when the entry holds %s', async (_what, spoil) => {
    const { storage, cacheStorage, startReader, logger } = await setUpStored();
    await putMeta(storage, {}, { a: 1 });
    await startReader().read(QUERY);
    const [entry] = await keysIn(cacheStorage);
    const whole = await cacheStorage.get(entry as string);
    await cacheStorage.put(entry as string, spoil(whole));
    storage.reset();
    expect((await startReader().read(QUERY))?.metadata).toEqual({ a: 1 });
    expect(storage.gets).toEqual([META_KEY]);
    expect(logger.warnings).toHaveLength(1);
    expect(await cacheStorage.get(entry as string)).toEqual(whole);
  });

  it('take no more room than they may, and nothing else is deleted, where the reference empties the folder', async () => {
    const { storage, cacheStorage, startReader, logger } = await setUpStored(8000);
    const foreign = ['keep.txt', 'metering-meta-cache/keep.txt', 'metering/ru/60/c/p/n-0.json.gz'];
    for (const key of foreign) await cacheStorage.put(key, new Uint8Array(9000));
    for (let index = 0; index < 12; index++) {
      await putMeta(storage, { clusterId: `c${index}` }, noise(1500));
      await startReader().read({ clusterId: `c${index}` });
    }
    const keys = await keysIn(cacheStorage);
    expect(keys).toEqual(expect.arrayContaining(foreign));
    expect(keys).toHaveLength(foreign.length + 4);
    expect(cacheStorage.deletes).toHaveLength(8);
    expect(logger.warnings).toEqual([]);
    storage.reset();
    await startReader().read({ clusterId: 'c11' });
    expect(storage.gets).toEqual([]);
  });

  it('that are too large are not kept, and go when there is less room than there was', async () => {
    const { storage, cacheStorage, startReader } = await setUpStored(1000);
    const left = `metering-meta-cache/${'0'.repeat(64)}`;
    await cacheStorage.put(left, new Uint8Array(5000));
    await putMeta(storage, { clusterId: 'small' });
    await startReader().read({ clusterId: 'small' });
    expect(await keysIn(cacheStorage)).not.toContain(left);
    await putMeta(storage, {}, noise(5000));
    await startReader().read(QUERY);
    expect(await keysIn(cacheStorage)).toHaveLength(1);
  });
});

describe('a cache storage that fails', () => {
  class Failing extends ForwardingStorage {
    readonly calls: string[];

    constructor(...calls: string[]) {
      super(createMemoryStorage());
      this.calls = calls;
    }

    #fail(operation: 'get' | 'put' | 'list' | 'delete'): void {
      if (!this.calls.includes(operation)) return;
      throw new StorageError({ code: 'NO_SPACE', message: 'full', provider: 'memory', operation });
    }

    override async get(key: string, options?: GetOptions) {
      this.#fail('get');
      return super.get(key, options);
    }

    override async put(key: string, body: Uint8Array) {
      this.#fail('put');
      return super.put(key, body);
    }

    override async delete(key: string) {
      this.#fail('delete');
      return super.delete(key);
    }

    override async *list(query?: ListQuery) {
      this.#fail('list');
      yield* super.list(query);
    }
  }

  it.each([['get'], ['put'], ['list'], ['delete'], ['get', 'put', 'list']])(
    'in %s fails no read and is logged',
    async (...calls) => {
      const { storage, logger, reader } = setUp({ storage: new Failing(...calls), maxBytes: 2500 });
      for (const clusterId of ['a', 'b', 'a']) {
        await putMeta(storage, { clusterId }, noise(1300));
        expect(await reader.read({ clusterId })).toMatchObject({ clusterId });
      }
      expect(logger.warnings.length).toBeGreaterThan(0);
      for (const { details } of logger.warnings) expect(details).toHaveProperty('error');
    },
  );

  it('does so without a logger too', async () => {
    const storage = createMemoryStorage();
    await putMeta(storage, {});
    const reader = createMetaReader({ storage, cache: { storage: new Failing('get', 'put') } });
    expect(await reader.read(QUERY)).toBeDefined();
  });

  it('by hanging does not hold up an abort', async () => {
    class Hanging extends ForwardingStorage {
      override get(_key: string, { signal }: GetOptions = {}): Promise<Uint8Array> {
        return new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(signal.reason)),
        );
      }
    }
    const storage = createMemoryStorage();
    await putMeta(storage, {});
    const cache = { storage: new Hanging(createMemoryStorage()) };
    const controller = new AbortController();
    const reading = createMetaReader({ storage, cache }).read(QUERY, { signal: controller.signal });
    const reason = new Error('stop');
    setImmediate(() => controller.abort(reason));
    await expect(reading).rejects.toBe(reason);
  });
});
