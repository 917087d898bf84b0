import { describe, expect, it } from 'vitest';
import {
  createMemoryStorage,
  defineStorageProvider,
  exists,
  type ObjectInfo,
  probeStorage,
  StorageError,
  type StorageErrorCode,
  type StorageProvider,
  withPrefix,
} from '../src/index.ts';
import { backendWith } from './support/backend-with.ts';
import { caught } from './support/caught.ts';
import { changed } from './support/changed.ts';
import { collect } from './support/collect.ts';

/** A memory storage in which some calls do something else. */
function broken(change: (honest: StorageProvider) => Partial<StorageProvider>) {
  const honest = createMemoryStorage();
  return { honest, storage: changed(honest, change(honest)) };
}

function storageError(code: StorageErrorCode): StorageError {
  return new StorageError({ code, message: 'refused', provider: 'broken', operation: 'put' });
}

async function failed(storage: StorageProvider): Promise<string[]> {
  const { ok, checks } = await probeStorage(storage);
  expect(ok).toBe(checks.every((check) => check.ok));
  return checks.filter((check) => !check.ok).map(({ name }) => name);
}

describe('probeStorage', () => {
  it('finds nothing wrong with an honest store, and leaves nothing there', async () => {
    const storage = createMemoryStorage();
    const report = await probeStorage(storage);
    expect(report).toMatchObject({ ok: true, exclusiveCreate: true });
    expect(report.checks.map(({ name, problem }) => [name, problem])).toEqual([
      ['a missing object is NOT_FOUND', undefined],
      ['put and get', undefined],
      ['create fails where an object exists', undefined],
      ['create leaves it alone', undefined],
      ['overwrite replaces', undefined],
      ['get is bounded by maxBytes', undefined],
      ['head', undefined],
      ['list', undefined],
      ['startAfter is exclusive', undefined],
      ['delete', undefined],
      ['a deleted object is NOT_FOUND', undefined],
      ['delete of what is not there', undefined],
      ['create of several at once succeeds for one', undefined],
    ]);
    expect(await collect(storage.list())).toEqual([]);
  });

  it('works below a folder of its own, and below a prefix', async () => {
    const seen = new Set<string>();
    const { honest, storage } = broken((inner) => ({
      put: (key, ...rest) => {
        seen.add(key);
        return inner.put(key, ...rest);
      },
    }));
    await honest.put('theirs', new Uint8Array([1]));
    await probeStorage(withPrefix(storage, 'p'));
    await probeStorage(storage, { folder: 'tmp/probe' });
    expect([...seen].map((key) => key.replace(/[0-9a-f-]{36}/, 'ID'))).toEqual([
      'p/metering-probe/ID',
      'p/metering-probe/ID-raced',
      'tmp/probe/ID',
      'tmp/probe/ID-raced',
    ]);
    expect((await collect(honest.list())).map(({ key }) => key)).toEqual(['theirs']);
  });

  it('finds out a store that ignores create, and harms nothing', async () => {
    const { honest, storage } = broken((inner) => ({
      put: (key, body) => inner.put(key, body),
    }));
    const report = await probeStorage(storage);
    expect(report).toMatchObject({ ok: false, exclusiveCreate: false });
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([
      {
        name: 'create fails where an object exists',
        ok: false,
        problem: 'gave {"etag":"\\"2\\""} instead of "ALREADY_EXISTS"',
      },
      {
        name: 'create leaves it alone',
        ok: false,
        problem: 'gave "2,2" instead of "1"',
      },
      {
        name: 'create of several at once succeeds for one',
        ok: false,
        problem: 'gave {"winners":5,"stored":true} instead of {"winners":1,"stored":true}',
      },
    ]);
    expect(await collect(honest.list())).toEqual([]);
  });

  it('finds out a store that looks first and writes then', async () => {
    const { storage } = broken((inner) => ({
      put: async (key, body, options) => {
        if (options?.mode === 'create') {
          await inner.head(key).then(
            () => inner.put(key, body, { mode: 'create' }),
            () => undefined,
          );
          await new Promise((resolve) => setImmediate(resolve));
        }
        return inner.put(key, body);
      },
    }));
    const report = await probeStorage(storage);
    expect(report.exclusiveCreate).toBe(false);
    expect(await failed(storage)).toEqual(['create of several at once succeeds for one']);
  });

  it('finds out a store in which the loser of a race overwrites', async () => {
    const created = new Set<string>();
    const { storage } = broken((inner) => ({
      put: async (key, body, options) => {
        if (!key.endsWith('-raced')) return inner.put(key, body, options);
        if (!created.has(key)) {
          created.add(key);
          return inner.put(key, body);
        }
        await inner.put(key, body);
        throw storageError('ALREADY_EXISTS');
      },
    }));
    expect(await failed(storage)).toEqual(['create of several at once succeeds for one']);
  });

  it('leaves nothing there where one of several fails before the others have stored', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const { honest, storage } = broken((inner) => ({
      put: (key, body, options) => {
        if (!key.endsWith('-raced')) return inner.put(key, body, options);
        if (body.length === 1) return Promise.reject(storageError('UNAVAILABLE'));
        const stored = new Promise((resolve) => setImmediate(resolve)).then(() =>
          inner.put(key, body, options),
        );
        late = stored.catch(() => undefined);
        return stored;
      },
    }));
    expect(await failed(storage)).toEqual(['create of several at once succeeds for one']);
    await late;
    expect(await collect(honest.list())).toEqual([]);
  });

  it('finds out a store whose errors are none of ours', async () => {
    const { storage } = broken((inner) => ({
      get: (key, options) =>
        inner.get(key, options).catch(({ code }) => {
          throw Object.assign(new Error('not ours'), { code });
        }),
    }));
    expect(await failed(storage)).toEqual([
      'a missing object is NOT_FOUND',
      'get is bounded by maxBytes',
    ]);
  });

  it('finds out a store that creates nothing', async () => {
    const { storage } = broken((inner) => ({
      put: (key, body, options) =>
        options?.mode === 'create'
          ? Promise.reject(
              new StorageError({
                code: 'ALREADY_EXISTS',
                message: 'there is one',
                provider: 'fake',
                operation: 'put',
              }),
            )
          : inner.put(key, body),
    }));
    expect(await failed(storage)).toEqual(['create of several at once succeeds for one']);
    expect((await probeStorage(storage)).exclusiveCreate).toBe(false);
  });

  it('reports a store that says itself that it has no exclusive create', async () => {
    const { storage } = broken((inner) => ({
      put: (key, body, options) =>
        options?.mode === 'create'
          ? defineStorageProvider(
              backendWith({ capabilities: { exclusiveCreate: false, listOrder: 'utf8' } }),
            ).put(key, body, options)
          : inner.put(key, body),
    }));
    const report = await probeStorage(storage);
    expect(report.exclusiveCreate).toBe(false);
    expect(report.checks.filter(({ ok }) => !ok).map(({ problem }) => problem)).toEqual([
      expect.stringContaining('no exclusive create'),
      expect.stringContaining('no exclusive create'),
    ]);
  });

  it.each<[string, string[], (inner: StorageProvider) => Partial<StorageProvider>]>([
    [
      'gives empty bytes for what is missing',
      ['a missing object is NOT_FOUND'],
      (inner) => ({
        get: async (key, options) =>
          (await exists(inner, key)) ? inner.get(key, options) : new Uint8Array(),
      }),
    ],
    [
      'changes what it stores',
      ['put and get', 'create leaves it alone', 'overwrite replaces'],
      (inner) => ({
        put: (key, body, options) => inner.put(key, body.slice().fill(7), options),
      }),
    ],
    [
      'never overwrites',
      ['overwrite replaces', 'get is bounded by maxBytes', 'head', 'list'],
      (inner) => ({
        put: (key, body, options) =>
          options?.mode === 'create'
            ? inner.put(key, body, options)
            : inner.put(key, body, { mode: 'create' }).catch(() => ({})),
      }),
    ],
    [
      'ignores maxBytes',
      ['get is bounded by maxBytes'],
      (inner) => ({ get: (key) => inner.get(key) }),
    ],
    [
      'tells no time of modification',
      ['head'],
      (inner) => ({
        head: async (key) => ({ ...(await inner.head(key)), lastModified: undefined as never }),
      }),
    ],
    [
      'tells an invalid time of modification',
      ['head'],
      (inner) => ({
        head: async (key) => ({ ...(await inner.head(key)), lastModified: new Date(Number.NaN) }),
      }),
    ],
    [
      'tells another size',
      ['head'],
      (inner) => ({ head: async (key) => ({ ...(await inner.head(key)), size: 99 }) }),
    ],
    [
      'lists nothing',
      ['list'],
      () => ({
        async *list(): AsyncGenerator<ObjectInfo> {},
      }),
    ],
    [
      'lists keys with its own prefix on',
      ['list'],
      (inner) => ({
        async *list(query) {
          for await (const info of inner.list(query)) yield { ...info, key: `bucket/${info.key}` };
        },
      }),
    ],
    [
      'starts listings at startAfter itself',
      ['startAfter is exclusive'],
      (inner) => ({ list: (query) => inner.list({ prefix: query?.prefix }) }),
    ],
    [
      'fails to delete what is not there',
      ['delete of what is not there'],
      (inner) => ({
        delete: async (key) => {
          await inner.head(key);
          await inner.delete(key);
        },
      }),
    ],
    [
      'deletes nothing',
      ['a deleted object is NOT_FOUND'],
      () => ({ delete: async () => undefined }),
    ],
  ])('finds out a store that %s', async (_, names, change) => {
    expect(await failed(broken(change).storage)).toEqual(names);
  });

  it('reports what a store refuses that can only be read', async () => {
    const denied = () => Promise.reject(new Error('403'));
    const storage = defineStorageProvider(
      backendWith({
        put: denied,
        get: () => Promise.reject(new Error('404')),
        delete: denied,
        head: () => Promise.reject(new Error('404')),
        async *list() {},
        classifyError: (error) => ({
          code: (error as Error).message === '404' ? 'NOT_FOUND' : 'PERMISSION_DENIED',
        }),
      }),
    );
    const report = await probeStorage(storage);
    expect(report).toMatchObject({ ok: false, exclusiveCreate: false });
    expect(report.checks.filter(({ ok }) => ok).map(({ name }) => name)).toEqual([
      'a missing object is NOT_FOUND',
      'startAfter is exclusive',
      'a deleted object is NOT_FOUND',
    ]);
    expect(report.checks.find(({ name }) => name === 'put and get')?.problem).toContain('403');
  });

  it.each(['', '/', '/a', 'a/', '..', 'a\u0000'])('refuses the folder %j', async (folder) => {
    const storage = createMemoryStorage();
    expect(await caught(() => probeStorage(storage, { folder }))).toBeInstanceOf(TypeError);
  });

  it.each([7, null, {}])(
    'refuses the folder %j, which became a name of that kind',
    async (folder) => {
      const storage = createMemoryStorage();
      const probe = () => probeStorage(storage, { folder: folder as never });
      expect(await caught(probe)).toBeInstanceOf(TypeError);
    },
  );

  it('refuses a folder that only one of its keys fits below: create was said not to be exclusive', async () => {
    const storage = createMemoryStorage();
    const longest = 'x'.repeat(1024 - '/-raced'.length - 36);
    expect(await probeStorage(storage, { folder: longest })).toMatchObject({ ok: true });
    const error = await caught(() => probeStorage(storage, { folder: `${longest}x` }));
    expect(error).toBeInstanceOf(TypeError);
  });

  it('asks nothing of the store where the signal is aborted already', async () => {
    const asked: string[] = [];
    const { storage } = broken(() => ({
      get: async (key) => {
        asked.push(key);
        return new Uint8Array();
      },
      delete: async (key) => void asked.push(key),
    }));
    const signal = AbortSignal.abort('gone');
    expect(await caught(() => probeStorage(storage, { signal }))).toBe('gone');
    expect(asked).toEqual([]);
  });

  it('throws the reason of an abort at once, however deaf the store', async () => {
    const never = () => new Promise<never>(() => undefined);
    const deaf = broken(() => ({ delete: never })).storage;
    const before = AbortSignal.abort('gone');
    expect(await caught(() => probeStorage(deaf, { signal: before }))).toBe('gone');
    const controller = new AbortController();
    const { storage } = broken((inner) => ({
      head: (key, options) => {
        controller.abort('gone');
        return inner.head(key, options);
      },
      delete: never,
    }));
    expect(await caught(() => probeStorage(storage, { signal: controller.signal }))).toBe('gone');
  });
});
