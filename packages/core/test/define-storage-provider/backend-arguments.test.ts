import { describe, expect, it } from 'vitest';
import { defineStorageProvider, type StorageError, type StorageProvider } from '../../src/index.ts';
import { backendWith } from '../support/backend-with.ts';
import { caught } from '../support/caught.ts';
import { collect } from '../support/collect.ts';
import { info, infos, provider } from '../support/fake-provider.ts';

const body = new Uint8Array([1, 2, 3]);

describe('what a backend is given', () => {
  it('is complete: defaults are filled in', async () => {
    const given: unknown[] = [];
    const note =
      <T>(result: T) =>
      async (...args: unknown[]) => {
        given.push(args);
        return result;
      };
    const storage = provider({
      put: note({}),
      get: note(body),
      head: note(info('k')),
      delete: note(undefined),
      list: (...args) => {
        given.push(args);
        return infos();
      },
    });
    const { signal: callers } = new AbortController();
    const signal = expect.any(AbortSignal);
    await storage.put('k', body);
    await storage.put('k', body, { mode: 'create', signal: callers });
    await storage.get('k');
    await storage.get('k', { maxBytes: 3, signal: callers });
    await storage.head('k');
    await storage.delete('k');
    await collect(storage.list());
    await collect(storage.list({ prefix: 'p', startAfter: 's' }, { signal: callers }));
    expect(given).toEqual([
      ['k', body, { mode: 'overwrite', signal: undefined }],
      ['k', body, { mode: 'create', signal }],
      ['k', { maxBytes: Number.POSITIVE_INFINITY, signal: undefined }],
      ['k', { maxBytes: 3, signal }],
      ['k', { signal: undefined }],
      ['k', { signal: undefined }],
      [{ prefix: '', startAfter: '' }, { signal: undefined }],
      [{ prefix: 'p', startAfter: 's' }, { signal }],
    ]);
  });

  it('is a signal of its own for each call, which follows the caller to the reason', async () => {
    const given: (AbortSignal | undefined)[] = [];
    const storage = provider({
      get: (_, { signal }) => {
        given.push(signal);
        return new Promise(() => undefined);
      },
    });
    const controller = new AbortController();
    const { signal } = controller;
    const calls = Promise.allSettled([storage.get('a', { signal }), storage.get('b', { signal })]);
    controller.abort('enough');
    await calls;
    expect(new Set([signal, ...given]).size).toBe(3);
    expect(given.map((own) => own?.reason)).toEqual(['enough', 'enough']);
  });

  it('is called within the call itself, before the caller can change the bytes', () => {
    let given: Uint8Array | undefined;
    const storage = provider({
      put: async (_, bytes) => {
        given = bytes.slice();
        return {};
      },
    });
    const bytes = new Uint8Array([1]);
    void storage.put('k', bytes);
    bytes[0] = 9;
    expect(given).toEqual(new Uint8Array([1]));
  });

  it('gives its name and capabilities, also where they become known later', () => {
    let exclusiveCreate: boolean | 'unknown' = 'unknown';
    const backend = backendWith({});
    const storage = defineStorageProvider(
      Object.defineProperty(backend, 'capabilities', {
        get: () => ({ exclusiveCreate, listOrder: 'utf16' }),
      }),
    );
    expect(storage.name).toBe('fake');
    expect(storage.capabilities).toEqual({ exclusiveCreate: 'unknown', listOrder: 'utf16' });
    exclusiveCreate = true;
    expect(storage.capabilities.exclusiveCreate).toBe(true);
  });

  it.each([
    ['', 'empty'],
    ['/a', 'empty'],
    ['a/', 'empty'],
    ['a//b', 'empty'],
    ['./a', '"."'],
    ['a/../b', '".."'],
    ['a\u0000b', 'U+0000'],
    ['a\u007f', 'U+007F'],
    ['a\u0085', 'U+0085'],
    ['a\ufffe', 'U+FFFE'],
    ['\ud800', 'lone surrogate'],
    [undefined, 'must be a string'],
    [7, 'must be a string'],
  ])('is never the key %j: INVALID_KEY, before any call', async (key, words) => {
    const storage = provider({});
    const text = key as string;
    for (const call of [
      () => storage.put(text, body),
      () => storage.get(text),
      () => storage.head(text),
      () => storage.delete(text),
    ]) {
      const error = await caught(call);
      expect(error).toMatchObject({ code: 'INVALID_KEY', provider: 'fake', retryable: false });
      expect((error as StorageError).key).toBe(typeof key === 'string' ? key : undefined);
      expect((error as StorageError).message).toContain(words);
    }
  });

  it.each([
    'a',
    'a b',
    'a+b',
    '%20',
    'a?b#c',
    '"\'',
    '\\',
    '😀',
    '...',
    'a/.b/..c',
    'é'.repeat(512),
  ])('may be the key %j', async (key) => {
    const storage = provider({ head: async (given) => info(given) });
    expect((await storage.head(key)).key).toBe(key);
  });

  it('may be a key of 1,024 bytes and no longer one, which messages do not show whole', async () => {
    const storage = provider({ head: async (given) => info(given) });
    const longest = 'é'.repeat(512);
    expect((await storage.head(longest)).key).toBe(longest);
    expect(await caught(() => storage.head(`${longest}x`))).toMatchObject({
      code: 'INVALID_KEY',
      message: expect.stringMatching(
        /: a key must not be longer than 1024 bytes of UTF-8, got 1025$/,
      ),
    });
    const huge = await caught(() => storage.head('x'.repeat(1_000_000)));
    expect((huge as StorageError).message.length).toBeLessThan(200);
  });

  it('is never a key that the backend itself refuses, nor is one listed', async () => {
    const storage = provider({
      keyProblem: (key) => (key.includes('~') ? 'this store knows no "~"' : undefined),
      list: () => infos('a', 'b~', 'c'),
    });
    expect(await caught(() => storage.get('b~'))).toMatchObject({
      code: 'INVALID_KEY',
      message: 'fake get "b~": this store knows no "~"',
    });
    expect((await collect(storage.list())).map(({ key }) => key)).toEqual(['a', 'c']);
  });

  it.each([
    ['a body that is text', (storage: StorageProvider) => storage.put('k', 'text' as never)],
    ['no body', (storage: StorageProvider) => storage.put('k', undefined as never)],
    ['a mode', (storage: StorageProvider) => storage.put('k', body, { mode: 'append' as never })],
    ['maxBytes -1', (storage: StorageProvider) => storage.get('k', { maxBytes: -1 })],
    ['maxBytes NaN', (storage: StorageProvider) => storage.get('k', { maxBytes: Number.NaN })],
    ['a prefix', (storage: StorageProvider) => collect(storage.list({ prefix: 7 as never }))],
    [
      'startAfter',
      (storage: StorageProvider) => collect(storage.list({ startAfter: null as never })),
    ],
  ])('is never %s of the wrong kind: a TypeError', async (_, call) => {
    expect(await caught(() => call(provider({})))).toBeInstanceOf(TypeError);
  });

  it('is a well-formed prefix and startAfter, for every store sends them as UTF-8', async () => {
    let given: unknown;
    const storage = provider({
      list: (query) => {
        given = query;
        return infos();
      },
    });
    await collect(storage.list({ prefix: 'a\ud800', startAfter: '\udc00' }));
    expect(given).toEqual({ prefix: 'a\ufffd', startAfter: '\ufffd' });
  });

  it.each(['/', 'a//', 'a/./', '../', 'a\u0000', '\uffff'])(
    'is never asked for the prefix %j, with which no key can begin',
    async (prefix) => {
      expect(await collect(provider({}).list({ prefix }))).toEqual([]);
    },
  );

  it('is asked for a prefix as long as the longest key, and for no longer one', async () => {
    const key = 'é'.repeat(512);
    const storage = provider({ list: () => infos(key) });
    expect(await collect(storage.list({ prefix: key }))).toMatchObject([{ key }]);
    for (const prefix of [`${key}k`, `${'k'.repeat(1023)}/`]) {
      expect(await collect(storage.list({ prefix }))).toEqual([]);
    }
  });
});
