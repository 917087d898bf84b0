import { describe, expect, it } from 'vitest';
import {
  defineStorageProvider,
  type ObjectInfo,
  type StorageBackend,
  StorageError,
  type StorageProvider,
} from '../src/index.ts';
import { backendWith } from './support/backend-with.ts';
import { caught } from './support/caught.ts';
import { collect } from './support/collect.ts';
import { noUnhandledRejections } from './support/no-unhandled-rejections.ts';

const body = new Uint8Array([1, 2, 3]);
const info = (key: string): ObjectInfo => ({ key, size: 1, lastModified: new Date(1) });
const provider = (calls: Partial<StorageBackend>) => defineStorageProvider(backendWith(calls));
const never = () => new Promise<never>(() => undefined);

async function* infos(...keys: string[]): AsyncGenerator<ObjectInfo> {
  for (const key of keys) yield info(key);
}

/** Every call of a provider, on one key where it takes one. */
const calls: readonly (readonly [
  string,
  (storage: StorageProvider, signal?: AbortSignal) => Promise<unknown>,
])[] = [
  ['put', (storage, signal) => storage.put('k', body, { signal })],
  ['get', (storage, signal) => storage.get('k', { signal })],
  ['head', (storage, signal) => storage.head('k', { signal })],
  ['delete', (storage, signal) => storage.delete('k', { signal })],
  ['list', (storage, signal) => collect(storage.list({ prefix: 'k' }, { signal }))],
];

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
});

describe('create', () => {
  it('is UNSUPPORTED where it is not exclusive, and overwrite is not', async () => {
    const storage = provider({
      capabilities: { exclusiveCreate: false, listOrder: 'utf8' },
      put: async (_, __, { mode }) => ({ etag: mode }),
    });
    expect(await caught(() => storage.put('k', body, { mode: 'create' }))).toMatchObject({
      code: 'UNSUPPORTED',
      operation: 'put',
      key: 'k',
    });
    expect(await storage.put('k', body)).toEqual({ etag: 'overwrite' });
  });

  it('says why it is UNSUPPORTED where the backend knows', async () => {
    const storage = provider({
      capabilities: { exclusiveCreate: false, listOrder: 'utf8' },
      createProblem: 'the bucket keeps versions; turn that off',
    });
    expect(await caught(() => storage.put('k', body, { mode: 'create' }))).toMatchObject({
      code: 'UNSUPPORTED',
      message: 'fake put "k": the bucket keeps versions; turn that off',
    });
  });

  it('refuses a bad key and heeds an abort all the same where it is UNSUPPORTED', async () => {
    const storage = provider({ capabilities: { exclusiveCreate: false, listOrder: 'utf8' } });
    const signal = AbortSignal.abort('gone');
    expect(await caught(() => storage.put('k', body, { mode: 'create', signal }))).toBe('gone');
    expect(await caught(() => storage.put('/k', body, { mode: 'create' }))).toMatchObject({
      code: 'INVALID_KEY',
    });
  });

  it('is tried where nobody knows', async () => {
    const storage = provider({
      capabilities: { exclusiveCreate: 'unknown', listOrder: 'utf8' },
      put: async () => ({ etag: 'e' }),
    });
    expect(await storage.put('k', body, { mode: 'create' })).toEqual({ etag: 'e' });
  });
});

describe('get', () => {
  it('gives a plain Uint8Array also of a Buffer, whose slice is another one', async () => {
    const storage = provider({ get: async () => Buffer.from('xabcx').subarray(1, 4) });
    const bytes = await storage.get('k');
    expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
    expect(bytes).toEqual(new TextEncoder().encode('abc'));
  });

  it('is TOO_LARGE beyond maxBytes also where the backend does not heed it', async () => {
    const storage = provider({ get: async () => body });
    expect(await storage.get('k', { maxBytes: 3 })).toEqual(body);
    expect(await caught(() => storage.get('k', { maxBytes: 2 }))).toMatchObject({
      code: 'TOO_LARGE',
      message: 'fake get "k": the object is larger than 2 bytes',
    });
    expect(await caught(() => storage.get('k', { maxBytes: 0 }))).toMatchObject({
      code: 'TOO_LARGE',
    });
  });
});

describe('delete', () => {
  it('succeeds where there is nothing', async () => {
    const storage = provider({
      delete: () => Promise.reject(new Error('404')),
      classifyError: () => ({ code: 'NOT_FOUND' }),
    });
    expect(await storage.delete('k')).toBeUndefined();
  });

  it('fails where the store does', async () => {
    const storage = provider({
      delete: () => Promise.reject(new Error('403')),
      classifyError: () => ({ code: 'PERMISSION_DENIED' }),
    });
    expect(await caught(() => storage.delete('k'))).toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});

describe('an error of the backend', () => {
  const failure = new Error('the socket died');
  const failing = (rest: Partial<StorageBackend> = {}) => {
    const fail = () => Promise.reject(failure);
    return provider({
      put: fail,
      get: fail,
      head: fail,
      delete: fail,
      list: () => ({ [Symbol.asyncIterator]: () => ({ next: fail }) }),
      ...rest,
    });
  };

  it.each(calls)('is wrapped once: %s', async (operation, call) => {
    const seen: unknown[] = [];
    const storage = failing({
      classifyError: (error, context) => {
        seen.push([error, context]);
        return { code: 'UNAVAILABLE', message: 'the network is down; try again' };
      },
    });
    const error = await caught(() => call(storage));
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      provider: 'fake',
      operation,
      key: 'k',
      message: `fake ${operation} "k": the network is down; try again`,
      cause: failure,
    });
    expect(seen).toEqual([[failure, { operation, key: 'k' }]]);
  });

  it.each(calls)('is UNKNOWN where nobody knows it: %s', async (operation, call) => {
    const error = await caught(() => call(failing()));
    expect(error).toMatchObject({
      code: 'UNKNOWN',
      retryable: false,
      message: `fake ${operation} "k": the socket died`,
      cause: failure,
    });
  });

  it('keeps the cause and the retry that the backend says, and no other', async () => {
    const storage = failing({
      classifyError: () => ({ code: 'UNAVAILABLE', retryable: false, cause: undefined }),
    });
    const error = await caught(() => storage.get('k'));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: false });
    expect(Object.hasOwn(error as object, 'cause')).toBe(false);
  });

  it('is passed on as it is where it is a StorageError already', async () => {
    const known = new StorageError({
      code: 'NO_SPACE',
      message: 'full',
      provider: 'inner',
      operation: 'put',
    });
    const storage = failing({ put: () => Promise.reject(known) });
    expect(await caught(() => storage.put('k', body))).toBe(known);
  });

  it('is wrapped where it is thrown instead of rejected, and whatever is thrown', async () => {
    const storage = provider({
      get: () => {
        throw failure;
      },
      head: () => Promise.reject('just text'),
      list: () => {
        throw failure;
      },
    });
    expect(await caught(() => storage.get('k'))).toMatchObject({ code: 'UNKNOWN', cause: failure });
    expect(await caught(() => storage.head('k'))).toMatchObject({
      message: 'fake head "k": just text',
      cause: 'just text',
    });
    expect(await caught(() => collect(storage.list()))).toMatchObject({
      code: 'UNKNOWN',
      operation: 'list',
      message: 'fake list: the socket died',
      key: undefined,
    });
  });
});

describe('an abort', () => {
  const reasons = [
    ['the default', undefined],
    ['an error', new Error('stop')],
    ['text', 'stop'],
    ['null', null],
  ] as const;

  it.each(calls)('before the call asks nothing of the backend: %s', async (_, call) => {
    for (const [, reason] of reasons) {
      const signal = AbortSignal.abort(reason);
      expect(await caught(() => call(provider({}), signal))).toBe(signal.reason);
    }
  });

  it.each(calls)(
    'during the call rejects at once, however deaf the backend: %s',
    async (_, call) => {
      const settled = noUnhandledRejections();
      const deaf = provider({
        put: never,
        get: never,
        head: never,
        delete: never,
        list: () => ({ [Symbol.asyncIterator]: () => ({ next: never, return: never }) }),
      });
      for (const [, reason] of reasons) {
        const controller = new AbortController();
        const waiting = caught(() => call(deaf, controller.signal));
        controller.abort(reason);
        expect(await waiting).toBe(controller.signal.reason);
      }
      await settled();
    },
  );

  it('is the reason itself where the backend hears it and throws an error of its own', async () => {
    const controller = new AbortController();
    const storage = provider({
      get: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('wrapped by the client')));
        }),
      classifyError: () => ({ code: 'UNAVAILABLE' }),
    });
    const waiting = caught(() => storage.get('k', { signal: controller.signal }));
    controller.abort('gone');
    expect(await waiting).toBe('gone');
  });

  it('leaves no rejection unhandled where the backend fails after it', async () => {
    const settled = noUnhandledRejections();
    const controller = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const storage = provider({
      get: () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    });
    const waiting = caught(() => storage.get('k', { signal: controller.signal }));
    controller.abort('gone');
    fail(new Error('too late'));
    expect(await waiting).toBe('gone');
    await settled();
  });

  it('between two objects of a listing asks nothing more of the backend', async () => {
    const controller = new AbortController();
    let asked = 0;
    const storage = provider({
      async *list() {
        for (const key of ['a', 'b', 'c']) {
          asked += 1;
          yield info(key);
        }
      },
    });
    const objects = storage.list({}, { signal: controller.signal })[Symbol.asyncIterator]();
    await objects.next();
    controller.abort('gone');
    expect(await caught(() => objects.next())).toBe('gone');
    expect(asked).toBe(1);
  });
});

describe('list', () => {
  it('is lazy: nothing is asked before the first object is, and no object before its turn', async () => {
    const asked: string[] = [];
    const storage = provider({
      async *list() {
        for (const key of ['a', 'b', 'c']) {
          asked.push(key);
          yield info(key);
        }
      },
    });
    const objects = storage.list()[Symbol.asyncIterator]();
    expect(asked).toEqual([]);
    expect((await objects.next()).value).toEqual(info('a'));
    expect(asked).toEqual(['a']);
  });

  it('leaves out what no get could name', async () => {
    const storage = provider({
      list: () => infos('a', 'b/', '/c', 'd//e', '../f', 'g\u0001', 'h'),
    });
    expect((await collect(storage.list())).map(({ key }) => key)).toEqual(['a', 'h']);
  });

  it('has the backend clean up before it goes on, where it is left early', async () => {
    const events: string[] = [];
    const storage = provider({
      async *list() {
        try {
          yield info('a');
          yield info('b');
        } finally {
          await Promise.resolve();
          events.push('cleaned up');
        }
      },
    });
    for await (const _ of storage.list()) break;
    events.push('gone on');
    expect(events).toEqual(['cleaned up', 'gone on']);
  });

  it('does not have it clean up after the end, and hides no failure behind one of cleaning up', async () => {
    let returned = 0;
    const listing = (next: () => Promise<IteratorResult<ObjectInfo>>) =>
      provider({
        list: () => ({
          [Symbol.asyncIterator]: () => ({
            next,
            return: () => {
              returned += 1;
              throw new Error('cleaning up failed');
            },
          }),
        }),
      });
    await collect(listing(async () => ({ done: true, value: undefined })).list());
    expect(returned).toBe(0);
    const failing = listing(() => Promise.reject(new Error('the listing failed')));
    expect(await caught(() => collect(failing.list()))).toMatchObject({
      message: 'fake list: the listing failed',
    });
  });

  it('has the backend clean up after an abort too', async () => {
    let cleanedUp: () => void = () => undefined;
    const cleaned = new Promise<void>((resolve) => {
      cleanedUp = resolve;
    });
    const controller = new AbortController();
    const storage = provider({
      async *list() {
        try {
          yield info('a');
          yield info('b');
        } finally {
          cleanedUp();
        }
      },
    });
    const run = async () => {
      for await (const _ of storage.list({}, { signal: controller.signal }))
        controller.abort('gone');
    };
    expect(await caught(run)).toBe('gone');
    await cleaned;
  });
});

describe('close', () => {
  it('closes the backend once; any call after it is a TypeError', async () => {
    let closed = 0;
    const storage = provider({
      close: async () => {
        closed += 1;
      },
    });
    await Promise.all([storage.close(), storage.close()]);
    await storage[Symbol.asyncDispose]();
    expect(closed).toBe(1);
    for (const [, call] of calls) {
      expect(await caught(() => call(storage))).toEqual(
        new TypeError('The fake storage is closed'),
      );
    }
  });

  it('needs nothing of the backend, and wraps what it throws', async () => {
    await provider({}).close();
    const failing = provider({ close: () => Promise.reject(new Error('busy')) });
    expect(await caught(() => failing.close())).toMatchObject({
      code: 'UNKNOWN',
      operation: 'close',
      message: 'fake close: busy',
    });
  });
});
