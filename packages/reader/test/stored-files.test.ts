import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  createMemoryStorage,
  type GetOptions,
  type ListQuery,
  StorageError,
  type StorageProvider,
} from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { createMetaReader } from '../src/index.ts';
import { createCachingReader, noise } from './support/caching-reader.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { META_KEY, putMeta } from './support/files.ts';
import { ForwardingStorage } from './support/forwarding-storage.ts';
import { recordingLogger } from './support/recording-logger.ts';

const QUERY = { clusterId: 'c1', type: 'logic' } as const;

describe.each(['memory', 'a local folder'])('files in %s that outlives the reader', (place) => {
  async function newCache(): Promise<CountingStorage> {
    if (place === 'memory') return new CountingStorage(createMemoryStorage());
    return new CountingStorage(createLocalFsStorage({ basePath: await temporaryFolder() }));
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
      const { storage, logger, reader } = createCachingReader({
        storage: new Failing(...calls),
        maxBytes: 2500,
      });
      for (const clusterId of ['a', 'b', 'a']) {
        await putMeta(storage, { clusterId }, noise(1300));
        expect(await reader.read({ clusterId })).toMatchObject({ clusterId });
      }
      expect(logger.warnings.length).toBeGreaterThan(0);
      for (const { details } of logger.warnings) expect(details).toHaveProperty('err');
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
