import { describe, expect, it } from 'vitest';
import {
  createMemoryStorage,
  defineStorageProvider,
  StorageError,
  withPrefix,
} from '../src/index.ts';
import { backendWith } from './support/backend-with.ts';
import { caught } from './support/caught.ts';
import { collect } from './support/collect.ts';

const body = new Uint8Array([1]);

async function keysOf(
  storage: Parameters<typeof withPrefix>[0],
  ...args: Parameters<typeof storage.list>
) {
  return (await collect(storage.list(...args))).map(({ key }) => key);
}

describe('the prefix', () => {
  it('is joined with one slash, whether or not it ends with one', async () => {
    for (const prefix of ['a/b', 'a/b/']) {
      const storage = createMemoryStorage();
      await withPrefix(storage, prefix).put('k', body);
      expect(await keysOf(storage)).toEqual(['a/b/k']);
    }
  });

  it('is none where it is empty', () => {
    const storage = createMemoryStorage();
    expect(withPrefix(storage, '')).toBe(storage);
  });

  it.each(['/', '/a', '//', 'a//', 'a//b', '/a/', '.', '..', 'a/..', './a', 'a/../b'])(
    'is refused as %j, for the Go SDK may have written there',
    (prefix) => {
      const create = () => withPrefix(createMemoryStorage(), prefix);
      expect(create).toThrow(TypeError);
      expect(create).toThrow(/Go SDK.*may have written/);
    },
  );

  it.each(['a\u0000', 'a\ud800', undefined, null, 7, ['a']])('is refused as %j', (prefix) => {
    const create = () => withPrefix(createMemoryStorage(), prefix as string);
    expect(create).toThrow(TypeError);
    expect(create).not.toThrow(/Go SDK/);
  });

  it('leaves room for a key of one byte at least', async () => {
    expect(() => withPrefix(createMemoryStorage(), 'x'.repeat(1023))).toThrow(TypeError);
    const storage = withPrefix(createMemoryStorage(), 'x'.repeat(1022));
    await storage.put('k', body);
    expect(await keysOf(storage)).toEqual(['k']);
  });
});

describe('withPrefix', () => {
  it('gives keys relative to the prefix everywhere, in and out: a listed key was not readable', async () => {
    const storage = withPrefix(createMemoryStorage(), 'p');
    await storage.put('a', body);
    await storage.put('b/c', body, { mode: 'create' });
    for await (const { key } of storage.list()) {
      expect(await storage.get(key)).toEqual(body);
      expect((await storage.head(key)).key).toBe(key);
    }
    expect(await keysOf(storage)).toEqual(['a', 'b/c']);
    await storage.delete('a');
    expect(await keysOf(storage)).toEqual(['b/c']);
  });

  it('sees nothing beside the prefix', async () => {
    const storage = createMemoryStorage();
    for (const key of ['p', 'p-/x', 'p0', 'p/a', 'pp/a']) await storage.put(key, body);
    expect(await keysOf(withPrefix(storage, 'p'))).toEqual(['a']);
  });

  it('lists by prefix and from startAfter within it', async () => {
    const storage = withPrefix(createMemoryStorage(), 'p');
    for (const key of ['a', 'b', 'b/c', 'd']) await storage.put(key, body);
    expect(await keysOf(storage, { prefix: 'b' })).toEqual(['b', 'b/c']);
    expect(await keysOf(storage, { startAfter: 'b' })).toEqual(['b/c', 'd']);
    expect(await keysOf(storage, { startAfter: '' })).toEqual(['a', 'b', 'b/c', 'd']);
    expect(await keysOf(storage, { prefix: 'b', startAfter: 'b' })).toEqual(['b/c']);
    for (const query of [{ prefix: 7 }, { startAfter: 7 }]) {
      expect(await caught(() => keysOf(storage, query as never))).toBeInstanceOf(TypeError);
    }
  });

  it('nests', async () => {
    const storage = createMemoryStorage();
    const inner = withPrefix(withPrefix(storage, 'a'), 'a');
    await inner.put('a/k', body);
    expect(await keysOf(storage)).toEqual(['a/a/a/k']);
    expect(await keysOf(inner)).toEqual(['a/k']);
    expect(await caught(() => inner.get('a/x'))).toMatchObject({ code: 'NOT_FOUND', key: 'a/x' });
  });

  it('gives the key of an error as the caller gave it, and its cause', async () => {
    const cause = new Error('the socket died');
    const failing = defineStorageProvider(
      backendWith({
        get: () => Promise.reject(cause),
        list: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(cause) }) }),
        classifyError: () => ({ code: 'UNAVAILABLE' }),
      }),
    );
    const storage = withPrefix(failing, 'p');
    expect(await caught(() => storage.get('k'))).toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      provider: 'fake',
      operation: 'get',
      key: 'k',
      cause,
      message: 'fake get "p/k": the socket died',
    });
    expect(await caught(() => keysOf(storage, { prefix: 'x' }))).toMatchObject({ key: 'x', cause });
    expect(await caught(() => keysOf(storage))).toMatchObject({
      operation: 'list',
      key: undefined,
    });
  });

  it.each(['', '/k', 'k/', '../k', 'a//b', 'a\u0000'])(
    'refuses the key %j before the prefix could hide what is wrong',
    async (key) => {
      const storage = withPrefix(createMemoryStorage(), 'p');
      for (const call of [
        () => storage.put(key, body),
        () => storage.get(key),
        () => storage.head(key),
        () => storage.delete(key),
      ]) {
        const error = await caught(call);
        expect(error).toBeInstanceOf(StorageError);
        expect(error).toMatchObject({ code: 'INVALID_KEY', key, provider: 'memory' });
      }
    },
  );

  it('refuses a key that is no text', async () => {
    const storage = withPrefix(createMemoryStorage(), 'p');
    const error = await caught(() => storage.get(7 as never));
    expect(error).toMatchObject({ code: 'INVALID_KEY', key: undefined });
    expect((error as Error).message).toBe('memory get 7: a key must be a string, got 7');
  });

  it('counts the prefix into the 1,024 bytes of a key', async () => {
    const storage = withPrefix(createMemoryStorage(), 'é'.repeat(10));
    const longest = 'k'.repeat(1024 - 21);
    await storage.put(longest, body);
    expect(await keysOf(storage)).toEqual([longest]);
    expect(await caught(() => storage.put(`${longest}k`, body))).toMatchObject({
      code: 'INVALID_KEY',
      key: `${longest}k`,
    });
  });

  it('passes options and aborts on, untouched: a reason with a key of its own lost the prefix of it', async () => {
    const storage = withPrefix(createMemoryStorage(), 'p');
    await storage.put('k', body);
    expect(await caught(() => storage.get('k', { maxBytes: 0 }))).toMatchObject({
      code: 'TOO_LARGE',
    });
    expect(await caught(() => storage.put('k', body, { mode: 'create' }))).toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    const ofAnother = new StorageError({
      code: 'UNAVAILABLE',
      message: 'of a call on the storage itself',
      provider: 'memory',
      operation: 'get',
      key: 'p/k',
    });
    for (const reason of ['gone', null, new Error('stop'), ofAnother]) {
      const signal = AbortSignal.abort(reason);
      for (const call of [
        () => storage.put('k', body, { signal }),
        () => storage.get('k', { signal }),
        () => storage.head('k', { signal }),
        () => storage.delete('k', { signal }),
        () => collect(storage.list({}, { signal })),
      ]) {
        expect(await caught(call)).toBe(reason);
      }
    }
  });

  it('is the storage in every other respect, and closes it', async () => {
    const storage = createMemoryStorage();
    const view = withPrefix(storage, 'p');
    expect(view.name).toBe('memory');
    expect(view.capabilities).toBe(storage.capabilities);
    await view[Symbol.asyncDispose]();
    expect(await caught(() => storage.get('k'))).toBeInstanceOf(TypeError);
    expect(await caught(() => view.get('k'))).toBeInstanceOf(TypeError);
  });
});
