import { gzipSync } from 'node:zlib';
import {
  createMemoryStorage,
  type GetOptions,
  type ListQuery,
  type ObjectInfo,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMetaReader } from '../src/index.ts';
import { createCachingReader, noise } from './support/caching-reader.ts';
import { collect } from './support/collect.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { META_KEY, putMeta } from './support/files.ts';
import { ForwardingStorage } from './support/forwarding-storage.ts';

const QUERY = { clusterId: 'c1', type: 'logic' } as const;

describe('files in memory', () => {
  it('are fetched once, though every read asks what there is', async () => {
    const { storage, reader } = createCachingReader();
    await putMeta(storage, {}, { a: 1 });
    for (let time = 0; time < 3; time++) {
      expect((await reader.read({ ...QUERY, at: 1755850000 + time }))?.metadata).toEqual({ a: 1 });
    }
    expect(storage).toMatchObject({ lists: 3, gets: [META_KEY], heads: 0 });
  });

  it('that were overwritten are fetched again, which the reference never sees', async () => {
    const { storage, reader } = createCachingReader();
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
    const { storage, reader } = createCachingReader();
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
    const { storage, reader } = createCachingReader({ maxBytes: 8000 });
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
    const { storage, reader } = createCachingReader({ maxBytes: 4000 });
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
    const { storage, reader } = createCachingReader();
    await storage.put(META_KEY, gzipSync('{"metadata":'));
    await expect(reader.read(QUERY)).rejects.toMatchObject({ code: 'INVALID_JSON' });
    await expect(reader.read(QUERY)).rejects.toMatchObject({ code: 'INVALID_JSON' });
    expect(storage.gets).toHaveLength(2);
  });
});
