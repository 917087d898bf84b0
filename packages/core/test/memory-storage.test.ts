import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStorage, exists, type StorageProvider } from '../src/index.ts';
import { caught } from './support/caught.ts';
import { changed } from './support/changed.ts';
import { collect } from './support/collect.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

async function filled(...keys: string[]): Promise<StorageProvider> {
  const storage = createMemoryStorage();
  for (const key of keys) await storage.put(key, bytes(1));
  return storage;
}

const listed = async (...args: Parameters<StorageProvider['list']>) => {
  const storage = await filled('a', 'b/1', 'b/2', 't-/x', 't/x', '\uffee', '😀');
  return (await collect(storage.list(...args))).map(({ key }) => key);
};

describe('createMemoryStorage', () => {
  it('stores, reads, describes and removes', async () => {
    const storage = createMemoryStorage();
    const before = Date.now();
    const { etag } = await storage.put('a/b', bytes(1, 2));
    expect(await storage.get('a/b')).toEqual(bytes(1, 2));
    const info = await storage.head('a/b');
    expect(info).toMatchObject({ key: 'a/b', size: 2, etag });
    expect(info.lastModified.getTime()).toBeGreaterThanOrEqual(before);
    await storage.delete('a/b');
    await storage.delete('a/b');
    for (const call of [() => storage.get('a/b'), () => storage.head('a/b')]) {
      expect(await caught(call)).toMatchObject({
        code: 'NOT_FOUND',
        key: 'a/b',
        provider: 'memory',
      });
    }
  });

  it('gives another etag to every content', async () => {
    const storage = createMemoryStorage();
    const first = await storage.put('a', bytes(1));
    const second = await storage.put('a', bytes(2));
    expect(second.etag).not.toBe(first.etag);
    expect((await storage.head('a')).etag).toBe(second.etag);
  });

  it('lets exactly one of many create a key, whatever their bytes', async () => {
    const storage = createMemoryStorage();
    const racers = Array.from({ length: 20 }, (_, index) =>
      storage.put('k', bytes(index % 2), { mode: 'create' }),
    );
    const outcomes = await Promise.allSettled(racers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const error = await caught(() => storage.put('k', bytes(0), { mode: 'create' }));
    expect(error).toMatchObject({ code: 'ALREADY_EXISTS', retryable: false });
    expect(await storage.get('k')).toEqual(bytes(0));
  });

  it('reads no more than maxBytes', async () => {
    const storage = await filled('k');
    expect(await storage.get('k', { maxBytes: 1 })).toEqual(bytes(1));
    expect(await caught(() => storage.get('k', { maxBytes: 0 }))).toMatchObject({
      code: 'TOO_LARGE',
    });
  });

  it('keeps a copy also of a Buffer, whose slice shares its memory', async () => {
    const storage = createMemoryStorage();
    const given = Buffer.from([1, 2]);
    await storage.put('k', given);
    given.fill(9);
    expect(await storage.get('k')).toEqual(bytes(1, 2));
  });

  it('shares nothing with its callers', async () => {
    const storage = createMemoryStorage();
    const given = bytes(1);
    await storage.put('k', given);
    given[0] = 9;
    (await storage.get('k'))[0] = 9;
    (await storage.head('k')).lastModified.setTime(0);
    for await (const info of storage.list()) info.lastModified.setTime(0);
    expect(await storage.get('k')).toEqual(bytes(1));
    expect((await storage.head('k')).lastModified.getTime()).toBeGreaterThan(0);
  });

  it('lists in the order of UTF-8', async () => {
    expect(await listed()).toEqual(['a', 'b/1', 'b/2', 't-/x', 't/x', '\uffee', '😀']);
  });

  it('takes any text for a prefix, and not only folders', async () => {
    expect(await listed({ prefix: 'b' })).toEqual(['b/1', 'b/2']);
    expect(await listed({ prefix: 'b/' })).toEqual(['b/1', 'b/2']);
    expect(await listed({ prefix: 't' })).toEqual(['t-/x', 't/x']);
    expect(await listed({ prefix: 'x' })).toEqual([]);
    expect(await listed({ prefix: '\ud83d' })).toEqual([]);
  });

  it('starts after any text, exclusively', async () => {
    expect(await listed({ startAfter: 'b/1' })).toEqual(['b/2', 't-/x', 't/x', '\uffee', '😀']);
    expect(await listed({ startAfter: 'b' })).toEqual([
      'b/1',
      'b/2',
      't-/x',
      't/x',
      '\uffee',
      '😀',
    ]);
    expect(await listed({ prefix: 't', startAfter: 'b' })).toEqual(['t-/x', 't/x']);
    expect(await listed({ prefix: 'b/', startAfter: 'b/1' })).toEqual(['b/2']);
    expect(await listed({ prefix: 'b/', startAfter: 'z' })).toEqual([]);
    expect(await listed({ startAfter: '😀' })).toEqual([]);
    expect(await listed({ startAfter: '\u0000' })).toHaveLength(7);
  });

  it('lists what a plain filter of the sorted keys gives', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '/', '-', 'é', '\ue000', '😀'))
      .map((all) => all.join(''));
    const key = text.filter((any) => /^[^/]+(\/[^/]+)*$/.test(any));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(key), text, text, async (keys, prefix, startAfter) => {
        const storage = await filled(...keys);
        const expected = keys
          .map((name) => Buffer.from(name))
          .sort(Buffer.compare)
          .filter((name) => startAfter === '' || Buffer.compare(name, Buffer.from(startAfter)) > 0)
          .map(String)
          .filter((name) => name.startsWith(prefix));
        const objects = await collect(storage.list({ prefix, startAfter }));
        expect(objects.map((object) => object.key)).toEqual(expected);
      }),
    );
  });

  it('goes on listing while keys come and go', async () => {
    const storage = await filled('a', 'b', 'c');
    const seen: string[] = [];
    for await (const { key } of storage.list()) {
      seen.push(key);
      await storage.delete('b');
    }
    expect(seen).toEqual(['a', 'c']);
  });
});

describe('exists', () => {
  it('tells whether there is an object', async () => {
    const storage = await filled('a');
    expect(await exists(storage, 'a')).toBe(true);
    expect(await exists(storage, 'b')).toBe(false);
  });

  it('never takes another failure for "no": a missing bucket read as an absent file', async () => {
    const storage = await filled('a');
    expect(await caught(() => exists(storage, '/a'))).toMatchObject({ code: 'INVALID_KEY' });
    const signal = AbortSignal.abort('gone');
    expect(await caught(() => exists(storage, 'a', { signal }))).toBe('gone');
    const missing = changed(storage, { head: () => Promise.reject(new TypeError('no bucket')) });
    expect(await caught(() => exists(missing, 'a'))).toBeInstanceOf(TypeError);
  });
});
