import { gzipSync } from 'node:zlib';
import {
  createMemoryStorage,
  type JsonValue,
  type MeteringError,
  PartialWriteError,
  parseJson,
  type StorageErrorCode,
  type StorageProvider,
  stringifyJson,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringWriter } from '../src/index.ts';
import { dataOf, pageKey, RECORD_BYTES, records } from './support/data.ts';
import { rejection, storageError } from './support/storage-errors.ts';
import { looksComplete, storedPages, storedRecords } from './support/stored-pages.ts';
import { watchedStorage } from './support/watched-storage.ts';

function writerOf(storage: StorageProvider) {
  return createMeteringWriter({ storage, pageSizeBytes: RECORD_BYTES });
}

/** Replaces a stored page by another spelling of it, or by another page. */
async function rewrite(
  storage: StorageProvider,
  part: number,
  change: (page: Record<string, JsonValue>) => JsonValue,
): Promise<void> {
  const page = (await storedPages(storage)).find((stored) => stored.part === part)!;
  const changed = change(parseJson(page.text) as Record<string, JsonValue>);
  await storage.put(page.key, gzipSync(stringifyJson(changed)));
}

it('creates, and never overwrites in silence', async () => {
  const storage = createMemoryStorage();
  const modes: unknown[] = [];
  const put: StorageProvider['put'] = (key, body, options) => {
    modes.push(options?.mode);
    return storage.put(key, body, options);
  };
  await writerOf({ ...watchedStorage(storage), put }).write(dataOf(records(3)));
  expect(modes).toEqual(['create', 'create', 'create']);
});

it('asks for nothing but what it has to: one request a page', async () => {
  const storage = watchedStorage(createMemoryStorage());
  await writerOf(storage).write(dataOf(records(3)));
  expect(storage.calls).toEqual([0, 1, 2].map((part) => `put ${pageKey(part)}`));
});

it('sends a page only when the one before it is stored, while later ones are made', async () => {
  const events: string[] = [];
  const storage = watchedStorage(createMemoryStorage(), {
    before: async ({ key }) => {
      events.push(`begin ${key}`);
      await new Promise((resolve) => setImmediate(resolve));
    },
    after: ({ key }) => events.push(`end ${key}`),
  });
  await writerOf(storage).write(dataOf(records(6)));
  const inTurn = [0, 1, 2, 3, 4, 5].flatMap((part) => [
    `begin ${pageKey(part)}`,
    `end ${pageKey(part)}`,
  ]);
  expect(events).toEqual(inTurn);
});

describe('what is there already and says the same counts as written', () => {
  it('when the same data is written again', async () => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(3)));
    const again = await writerOf(storage).write(dataOf(records(3)));
    expect(again.pages.map((page) => page.outcome)).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
  });

  // In the reference a second try after a failure on page 3 fails on page 0: it exists.
  it('when a write that failed half-way is written again', async () => {
    const storage = createMemoryStorage();
    const failing = watchedStorage(storage, {
      before: ({ index, key }) => {
        if (index === 2) throw storageError('UNAVAILABLE', key);
      },
    });
    await rejection(writerOf(failing).write(dataOf(records(4))));
    const { pages } = await writerOf(storage).write(dataOf(records(4)));
    expect(pages.map((page) => page.outcome)).toEqual([
      'unchanged',
      'unchanged',
      'created',
      'created',
    ]);
    expect(looksComplete(await storedPages(storage))).toBe(true);
  });

  it('when the answer to every single request was lost once', async () => {
    const storage = createMemoryStorage();
    const lost = new Set<string>();
    const flaky = watchedStorage(storage, {
      after: ({ operation, key }) => {
        if (operation !== 'put' || lost.has(key)) return;
        lost.add(key);
        throw storageError('UNAVAILABLE', key);
      },
    });
    let tries = 0;
    for (let done = false; !done; tries++) {
      done = await writerOf(flaky)
        .write(dataOf(records(4)))
        .then(
          () => true,
          (error: MeteringError) => {
            expect(error.retryable).toBe(true);
            return false;
          },
        );
    }
    expect(tries).toBe(5);
    expect(await storedRecords(storage)).toEqual(records(4));
  });

  it('when gzip made other bytes of it', async () => {
    const storage = createMemoryStorage();
    const data = dataOf(records(2000));
    await createMeteringWriter({ storage, compressionLevel: 1 }).write(data);
    const { pages } = await createMeteringWriter({ storage, compressionLevel: 9 }).write(data);
    expect(pages.map((page) => page.outcome)).toEqual(['unchanged']);
  });

  it('when its JSON has another order of keys and other white space', async () => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(2)));
    for (const part of [0, 1]) {
      await rewrite(storage, part, (page) => Object.fromEntries(Object.entries(page).reverse()));
      const [page] = (await storedPages(storage)).filter((stored) => stored.part === part);
      await storage.put(page!.key, gzipSync(page!.text.replaceAll(',', ' ,\n')));
    }
    const { pages } = await writerOf(storage).write(dataOf(records(2)));
    expect(pages.map((page) => page.outcome)).toEqual(['unchanged', 'unchanged']);
  });

  it('when it has no parts, as Go writes it', async () => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(2)));
    for (const part of [0, 1]) await rewrite(storage, part, ({ parts: _, ...page }) => page);
    const { pages } = await writerOf(storage).write(dataOf(records(2)));
    expect(pages.map((page) => page.outcome)).toEqual(['unchanged', 'unchanged']);
  });

  it('to the last digit', async () => {
    const storage = createMemoryStorage();
    const value = 2n ** 64n - 1n;
    await writerOf(storage).write(dataOf([{ a: { value, unit: 'x' } }]));
    const same = await writerOf(storage).write(dataOf([{ a: { unit: 'x', value } }]));
    expect(same.pages.map((page) => page.outcome)).toEqual(['unchanged']);
    const other = writerOf(storage).write(dataOf([{ a: { value: value - 1n, unit: 'x' } }]));
    expect(await rejection(other)).toMatchObject({ code: 'ALREADY_EXISTS' });
  });
});

describe('other data that is there already', () => {
  it('is left as it is, and said to be other data', async () => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(2)));
    const error = await rejection(writerOf(storage).write(dataOf(records(2, 'b'))));
    expect(error).toMatchObject({
      name: 'StorageError',
      code: 'ALREADY_EXISTS',
      key: pageKey(0),
      retryable: false,
    });
    expect((error as Error).message).toContain('other data is stored there');
    expect((error as Error).message).toContain('overwrite');
    expect(await storedRecords(storage)).toEqual(records(2));
  });

  it.each<[string, (page: Record<string, JsonValue>) => JsonValue]>([
    ['a record more', (page) => ({ ...page, data: [...(page.data as JsonValue[]), {}] })],
    ['a member more', (page) => ({ ...page, note: 1 })],
    ['no data', ({ data: _, ...page }) => page],
    ['another number of pages', (page) => ({ ...page, parts: 2 })],
    ['a number of pages that is null', (page) => ({ ...page, parts: null })],
    ['another shared pool', (page) => ({ ...page, shared_pool_id: 'other' })],
    ['a list where an object was', (page) => [page]],
    ['nothing', () => null],
  ])('is told by %s', async (_, change) => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(1)));
    await rewrite(storage, 0, change);
    const error = await rejection(writerOf(storage).write(dataOf(records(1))));
    expect(error).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(error).not.toHaveProperty('cause');
  });

  it('is a longer set that begins the same', async () => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(3)));
    const error = await rejection(writerOf(storage).write(dataOf(records(2))));
    expect(error).toMatchObject({ code: 'PARTIAL_WRITE', failedKey: pageKey(1) });
    expect(looksComplete(await storedPages(storage))).toBe(true);
    // It once said of the whole set of another writer that it was incomplete.
    expect((error as Error).message).toMatch(
      /other data is stored there.*; overwrite replaces it, and what it says is lost$/,
    );
  });

  it('is a shorter set that begins the same', async () => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(2)));
    const error = await rejection(writerOf(storage).write(dataOf(records(3))));
    expect(error).toMatchObject({ code: 'PARTIAL_WRITE', failedKey: pageKey(1) });
    expect(await storedRecords(storage)).toEqual(records(2));
  });
});

describe('what is there already and cannot be read', () => {
  it.each<[StorageErrorCode, boolean]>([
    ['PERMISSION_DENIED', false],
    ['UNAVAILABLE', true],
    ['NOT_FOUND', true],
  ])('is ALREADY_EXISTS with the %s as its cause, retryable: %s', async (code, retryable) => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(1)));
    const unreadable = watchedStorage(storage, {
      before: ({ operation, key }) => {
        if (operation === 'get') throw storageError(code, key);
      },
    });
    const error = await rejection(writerOf(unreadable).write(dataOf(records(1))));
    expect(error).toMatchObject({ code: 'ALREADY_EXISTS', retryable, cause: { code } });
    expect((error as Error).message).toContain('permission to read');
  });

  it.each<[string, Uint8Array, object]>([
    ['no gzip', Buffer.from('abc'), { name: 'FormatError', code: 'CORRUPT_GZIP' }],
    ['cut off', gzipSync('{"a":1}').subarray(0, 15), { code: 'CORRUPT_GZIP' }],
    ['no JSON', gzipSync('{"a":'), { name: 'FormatError', code: 'INVALID_JSON' }],
    [
      'a bomb',
      gzipSync(Buffer.alloc(100 * 1_048_576 + 1), { level: 1 }),
      { code: 'LIMIT_EXCEEDED' },
    ],
  ])('is told as such: %s', async (_, body, cause) => {
    const storage = createMemoryStorage();
    await storage.put(pageKey(0), body);
    const error = await rejection(writerOf(storage).write(dataOf(records(1))));
    expect(error).toMatchObject({ code: 'ALREADY_EXISTS', key: pageKey(0), cause });
  });
});

describe('a failure', () => {
  it('of part 0 is the store’s own error', async () => {
    const failure = storageError('NO_SPACE', pageKey(0));
    const storage = watchedStorage(createMemoryStorage(), {
      before: () => {
        throw failure;
      },
    });
    expect(await rejection(writerOf(storage).write(dataOf(records(3))))).toBe(failure);
  });

  it('after part 0 is a PartialWriteError with the pages that are stored', async () => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(1)), { overwrite: true });
    await rewrite(storage, 0, (page) => ({ ...page, parts: 0 }));
    const failure = storageError('UNAVAILABLE', pageKey(2));
    const failing = watchedStorage(storage, {
      before: ({ key }) => {
        if (key === pageKey(2)) throw failure;
      },
    });
    const error = (await rejection(
      writerOf(failing).write(dataOf(records(5))),
    )) as PartialWriteError;
    expect(error).toBeInstanceOf(PartialWriteError);
    expect(error).toMatchObject({ failedKey: pageKey(2), cause: failure, retryable: true });
    expect(error.pages).toMatchObject([
      { key: pageKey(0), part: 0, records: 1, outcome: 'unchanged' },
      { key: pageKey(1), part: 1, records: 1, outcome: 'created' },
    ]);
    expect(error.message).toContain(failure.message);
    expect(error.message).toContain('failed with 2 pages of the set stored');
    expect(error.message).toMatch(/the set is incomplete until it is written again$/);
    expect((await storedPages(storage)).map((page) => page.part)).toEqual([0, 1]);
  });

  it('can be retried only if what caused it can', async () => {
    const storage = watchedStorage(createMemoryStorage(), {
      before: ({ index, key }) => {
        if (index > 0) throw storageError('PERMISSION_DENIED', key);
      },
    });
    const error = await rejection(writerOf(storage).write(dataOf(records(2))));
    expect(error).toMatchObject({ code: 'PARTIAL_WRITE', retryable: false });
  });

  it('of a store without an exclusive create says so, and stores nothing', async () => {
    const storage = createMemoryStorage();
    const error = await rejection(
      writerOf(
        watchedStorage(storage, {
          before: ({ key }) => {
            throw storageError('UNSUPPORTED', key);
          },
        }),
      ).write(dataOf(records(2))),
    );
    expect(error).toMatchObject({ code: 'UNSUPPORTED' });
    expect(await storedPages(storage)).toEqual([]);
  });
});

it('gives the signal to every call', async () => {
  const storage = createMemoryStorage();
  await writerOf(storage).write(dataOf(records(1)), { overwrite: true });
  await rewrite(storage, 0, (page) => ({ ...page, parts: 0 }));
  const { signal } = new AbortController();
  const heard: unknown[] = [];
  const listening: StorageProvider = {
    ...watchedStorage(storage),
    put: async (key, body, options) => {
      heard.push(options?.signal);
      return storage.put(key, body, options);
    },
    get: async (key, options) => {
      heard.push(options?.signal);
      return storage.get(key, options);
    },
  };
  await writerOf(listening).write(dataOf(records(2)), { signal });
  expect(heard).toEqual([signal, signal, signal]);
});

describe('of two writers of one set with different data, exactly one can go on', () => {
  /** Two writers whose calls take turns in every way that the seed says. */
  async function race(seed: number, first: readonly string[], second: readonly string[]) {
    const storage = createMemoryStorage();
    let state = seed;
    const shuffled = watchedStorage(storage, {
      before: async () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        for (let turns = state >>> 29; turns > 0; turns--) {
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
    });
    const write = (labels: readonly string[]) =>
      writerOf(shuffled).write(dataOf(labels.flatMap((label) => records(1, label))));
    const [a, b] = await Promise.allSettled([write(first), write(second)]);
    return { storage, won: [a.status === 'fulfilled', b.status === 'fulfilled'] };
  }

  it.each([
    ['from the first page on', ['a', 'b', 'c'], ['x', 'y', 'z']],
    ['from the second page on', ['a', 'b', 'c', 'd'], ['a', 'y', 'z', 'w']],
    ['in the last page', ['a', 'b', 'c'], ['a', 'b', 'z']],
    ['in their lengths', ['a', 'b', 'c'], ['a', 'b']],
    ['in being one page', ['a'], ['b']],
  ])('also when they differ %s', async (_, first, second) => {
    for (let seed = 1; seed <= 40; seed++) {
      const { storage, won } = await race(seed, first, second);
      expect(won.filter(Boolean)).toHaveLength(1);
      const pages = await storedPages(storage);
      expect(looksComplete(pages)).toBe(true);
      const winner = won[0] ? first : second;
      expect(pages.flatMap((page) => page.data)).toEqual(
        winner.flatMap((label) => records(1, label)),
      );
    }
  });

  it('and with the same data both succeed', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { storage, won } = await race(seed, ['a', 'b', 'c'], ['a', 'b', 'c']);
      expect(won).toEqual([true, true]);
      expect(looksComplete(await storedPages(storage))).toBe(true);
    }
  });
});
