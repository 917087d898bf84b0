import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createMemoryStorage,
  defineStorageProvider,
  type MeteringEvent,
  type RetryPolicy,
  type StorageBackend,
  StorageError,
  type StorageErrorCode,
  type StorageProvider,
  withRetry,
} from '../src/index.ts';
import { backendWith } from './support/backend-with.ts';
import { caught } from './support/caught.ts';
import { changed } from './support/changed.ts';
import { collect } from './support/collect.ts';
import { info } from './support/fake-provider.ts';

const body = new Uint8Array([1]);
const failure = (code: StorageErrorCode) =>
  new StorageError({ code, message: code, provider: 'fake', operation: 'get' });

/** Fails with the errors given, one a call, then gives the result. */
function failing<T>(errors: readonly unknown[], result: T) {
  const left = [...errors];
  return vi.fn(async (): Promise<T> => {
    if (left.length > 0) throw left.shift();
    return result;
  });
}

const retrying = (calls: Partial<StorageBackend>, policy: RetryPolicy = { baseDelayMs: 0 }) =>
  withRetry(defineStorageProvider(backendWith(calls)), policy);

describe('withRetry', () => {
  it.each([
    ['put', (storage: StorageProvider) => storage.put('k', body, { mode: 'create' })],
    ['get', (storage: StorageProvider) => storage.get('k', { maxBytes: 5 })],
    ['head', (storage: StorageProvider) => storage.head('k')],
    ['delete', (storage: StorageProvider) => storage.delete('k')],
  ] as const)(
    'makes a call that failed in passing again, the very same: %s',
    async (operation, call) => {
      const flaky = failing([failure('UNAVAILABLE'), failure('RATE_LIMITED')], body as never);
      const storage = retrying({ [operation]: flaky });
      await call(storage);
      expect(flaky).toHaveBeenCalledTimes(3);
      expect(new Set(flaky.mock.calls.map((args) => JSON.stringify(args))).size).toBe(1);
    },
  );

  it('gives up after so many attempts, with the last error', async () => {
    const errors = Array.from({ length: 9 }, () => failure('UNAVAILABLE'));
    for (const [policy, attempts] of [
      [{ baseDelayMs: 0 }, 5],
      [{ baseDelayMs: 0, attempts: 3 }, 3],
      [{ baseDelayMs: 0, attempts: 1 }, 1],
    ] as const) {
      const get = failing(errors, body);
      expect(await caught(() => retrying({ get }, policy).get('k'))).toBe(errors[attempts - 1]);
      expect(get).toHaveBeenCalledTimes(attempts);
    }
  });

  it.each([
    'NOT_FOUND',
    'ALREADY_EXISTS',
    'PERMISSION_DENIED',
    'UNAUTHENTICATED',
    'UNSUPPORTED',
    'NO_SPACE',
    'CONTAINER_NOT_FOUND',
    'TOO_LARGE',
    'CLOCK_SKEW',
    'UNKNOWN',
  ] as const)('never makes a call again that failed with %s', async (code) => {
    const error = failure(code);
    const get = failing([error], body);
    expect(await caught(() => retrying({ get }).get('k'))).toBe(error);
    expect(get).toHaveBeenCalledOnce();
  });

  it('never makes a call again that is misused', async () => {
    const onEvent = vi.fn();
    const storage = retrying({}, { onEvent });
    expect(await caught(() => storage.get('/k'))).toMatchObject({ code: 'INVALID_KEY' });
    expect(await caught(() => storage.put('k', 'x' as never))).toBeInstanceOf(TypeError);
    expect(onEvent).not.toHaveBeenCalled();
  });

  it('tells its observers before each wait, why and for how long', async () => {
    const events: MeteringEvent[] = [];
    const onEvent = (event: MeteringEvent) => void events.push(event);
    const errors = [failure('UNAVAILABLE'), failure('RATE_LIMITED')] as const;
    const policy = { baseDelayMs: 2, random: () => 0.5, onEvent };
    await retrying({ get: failing(errors, body) }, policy).get('k');
    expect(events).toEqual([
      { type: 'retry', error: errors[0], attempt: 1, delayMs: 1 },
      { type: 'retry', error: errors[1], attempt: 2, delayMs: 2 },
    ]);
  });

  it('does not hide that a create found an object, be it its own whose answer was lost', async () => {
    const storage = createMemoryStorage();
    let answers = 0;
    const lossy = changed(storage, {
      put: async (...args: Parameters<StorageProvider['put']>) => {
        const result = await storage.put(...args);
        answers += 1;
        if (answers === 1) throw failure('UNAVAILABLE');
        return result;
      },
    });
    const put = () => withRetry(lossy, { baseDelayMs: 0 }).put('k', body, { mode: 'create' });
    expect(await caught(put)).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await storage.get('k')).toEqual(body);
  });

  it('is the storage in every other respect, and closes it', async () => {
    const storage = createMemoryStorage();
    const view = withRetry(storage);
    expect(view.name).toBe('memory');
    expect(view.capabilities).toBe(storage.capabilities);
    await view[Symbol.asyncDispose]();
    expect(await caught(() => storage.get('k'))).toBeInstanceOf(TypeError);
  });

  it.each([
    { attempts: 0 },
    { attempts: Number.NaN },
    { attempts: '3' as never },
    { baseDelayMs: -1 },
    { maxDelayMs: -1 },
    { maxDelayMs: Number.NaN },
    { random: 0.5 as never },
    { logger: {} as never },
    { onEvent: 'tell' as never },
  ])('refuses the policy %j', (policy) => {
    expect(() => withRetry(createMemoryStorage(), policy)).toThrow(TypeError);
  });
});

describe('the wait', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function waits(policy: RetryPolicy, retries: number): Promise<number[]> {
    const seen: number[] = [];
    const get = failing(
      Array.from({ length: retries }, () => failure('UNAVAILABLE')),
      body,
    );
    const onEvent = (event: MeteringEvent) => {
      if (event.type === 'retry') seen.push(event.delayMs);
      expect(event).toMatchObject({ type: 'retry', attempt: seen.length });
    };
    const done = retrying({ get }, { attempts: retries + 1, ...policy, onEvent }).get('k');
    await vi.runAllTimersAsync();
    await done;
    return seen;
  }

  it('is at most the base, twice as much each time, and never more than the most', async () => {
    const random = () => 1;
    expect(await waits({ random }, 9)).toEqual([
      100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000,
    ]);
    expect(await waits({ random, baseDelayMs: 7, maxDelayMs: 20 }, 4)).toEqual([7, 14, 20, 20]);
  });

  it('is anything between none and that: full jitter', async () => {
    expect(await waits({ random: () => 0 }, 3)).toEqual([0, 0, 0]);
    expect(await waits({ random: () => 0.25 }, 3)).toEqual([25, 50, 100]);
    const longest = [100, 200, 400, 800];
    for (const [index, delayMs] of (await waits({}, 4)).entries()) {
      expect(delayMs).toBeGreaterThanOrEqual(0);
      expect(delayMs).toBeLessThanOrEqual(longest[index]!);
    }
  });

  it('stays a number however often a call is made', async () => {
    const many = await waits({ baseDelayMs: 0, random: () => 1 }, 1100);
    expect(new Set(many)).toEqual(new Set([0]));
    const capped = await waits({ random: () => 1 }, 1100);
    expect(capped.at(-1)).toBe(10_000);
  });

  it('is really waited', async () => {
    const get = failing([failure('UNAVAILABLE')], body);
    const done = retrying({ get }, { random: () => 1 }).get('k');
    await vi.advanceTimersByTimeAsync(99);
    expect(get).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1);
    expect(await done).toEqual(body);
    expect(get).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['an error', new Error('stop')],
    ['text', 'stop'],
    ['null', null],
  ])('ends at once with the reason of an abort: %s', async (_, reason) => {
    const controller = new AbortController();
    const get = failing([failure('UNAVAILABLE')], body);
    const done = caught(() => retrying({ get }, { random: () => 1 }).get('k', controller));
    await vi.advanceTimersByTimeAsync(50);
    controller.abort(reason);
    expect(await done).toBe(reason);
    expect(get).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an abort', () => {
  it('is never tried again, also where its reason says that it might pass', async () => {
    const reason = failure('UNAVAILABLE');
    const controller = new AbortController();
    const get = vi.fn(() => new Promise<never>(() => undefined));
    const done = caught(() => retrying({ get }).get('k', { signal: controller.signal }));
    controller.abort(reason);
    expect(await done).toBe(reason);
    expect(get).toHaveBeenCalledOnce();
  });

  it('comes before a failure in passing of the same moment', async () => {
    const controller = new AbortController();
    const storage = changed(createMemoryStorage(), {
      get: async () => {
        controller.abort('gone');
        throw failure('UNAVAILABLE');
      },
    });
    for (const attempts of [1, 5]) {
      const onEvent = vi.fn();
      const get = () => withRetry(storage, { attempts, onEvent }).get('k', controller);
      expect(await caught(get)).toBe('gone');
      expect(onEvent).not.toHaveBeenCalled();
    }
  });
});

describe('a listing', () => {
  /** Lists the keys, but fails before each of the ones given, once. */
  function flaky(keys: readonly string[], failBefore: readonly string[], code: StorageErrorCode) {
    const left = new Set(failBefore);
    const queries: unknown[] = [];
    const list: StorageBackend['list'] = async function* (query) {
      queries.push(query);
      for (const key of keys.filter(
        (any) => any > query.startAfter && any.startsWith(query.prefix),
      )) {
        if (left.delete(key)) throw failure(code);
        yield info(key);
      }
    };
    return { list, queries };
  }

  it('goes on after the last key that it gave, neither losing nor doubling one', async () => {
    const { list, queries } = flaky(['a', 'b', 'c', 'd', 'e'], ['a', 'c', 'd', 'e'], 'UNAVAILABLE');
    const keys = (await collect(retrying({ list }).list())).map(({ key }) => key);
    expect(keys).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(queries).toEqual(
      ['', '', 'b', 'c', 'd'].map((startAfter) => ({ prefix: '', startAfter })),
    );
  });

  it('keeps its prefix and its own start', async () => {
    const { list, queries } = flaky(['a', 'pa', 'pb', 'pc'], ['pc'], 'RATE_LIMITED');
    const query = { prefix: 'p', startAfter: 'pa' };
    const keys = (await collect(retrying({ list }).list(query))).map(({ key }) => key);
    expect(keys).toEqual(['pb', 'pc']);
    expect(queries).toEqual([query, { prefix: 'p', startAfter: 'pb' }]);
  });

  it('counts its attempts anew after each key, and gives up without one', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => String.fromCharCode(97 + index));
    const { list } = flaky(keys, keys, 'UNAVAILABLE');
    expect(await collect(retrying({ list }, { baseDelayMs: 0, attempts: 2 }).list())).toHaveLength(
      20,
    );
    const dead = vi.fn(() => {
      throw failure('UNAVAILABLE');
    });
    const storage = retrying({ list: dead }, { baseDelayMs: 0, attempts: 3 });
    expect(await caught(() => collect(storage.list()))).toMatchObject({ code: 'UNAVAILABLE' });
    expect(dead).toHaveBeenCalledTimes(3);
  });

  it('fails at once where another try cannot help, and with the reason of an abort', async () => {
    const { list, queries } = flaky(['a', 'b'], ['b'], 'PERMISSION_DENIED');
    expect(await caught(() => collect(retrying({ list }).list()))).toMatchObject({
      code: 'PERMISSION_DENIED',
    });
    expect(queries).toHaveLength(1);
    const signal = AbortSignal.abort('gone');
    expect(await caught(() => collect(retrying({ list }).list({}, { signal })))).toBe('gone');
  });

  it('has the storage clean up where it is left early', async () => {
    let cleanedUp = false;
    const storage = retrying({
      async *list() {
        try {
          yield info('a');
          yield info('b');
        } finally {
          cleanedUp = true;
        }
      },
    });
    for await (const _ of storage.list()) break;
    expect(cleanedUp).toBe(true);
  });
});
