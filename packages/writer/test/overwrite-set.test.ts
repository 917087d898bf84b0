import { gzipSync } from 'node:zlib';
import {
  createMemoryStorage,
  type JsonValue,
  parseMeteringKey,
  type StorageProvider,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringWriter } from '../src/index.ts';
import { dataOf, pageKey, RECORD_BYTES, records, SET_PREFIX } from './support/data.ts';
import { rejection, storageError } from './support/storage-errors.ts';
import { looksComplete, storedPages, storedRecords } from './support/stored-pages.ts';
import { watchedStorage } from './support/watched-storage.ts';

/** Writes a set of so many pages, each with one record that bears the label. */
async function write(
  storage: StorageProvider,
  label: string,
  pageCount: number,
  {
    overwrite = true,
    concurrency = 4,
    signal,
  }: { overwrite?: boolean; concurrency?: number; signal?: AbortSignal } = {},
) {
  const writer = createMeteringWriter({ storage, pageSizeBytes: RECORD_BYTES, concurrency });
  return writer.write(dataOf(records(pageCount, label)), { overwrite, signal });
}

/** Lets the event loop turn so many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function partOf(key: string): number {
  return parseMeteringKey(key)?.part ?? 0;
}

/** A store that tells of every call and its signal, which it does not heed. */
function deafStorage(
  storage: StorageProvider,
  tell: (call: string, signal: AbortSignal | undefined) => void,
): StorageProvider {
  return {
    ...watchedStorage(storage),
    put: async (key, body, { signal, ...rest } = {}) => {
      tell(`put ${key}`, signal);
      return storage.put(key, body, rest);
    },
    delete: async (key, { signal } = {}) => {
      tell(`delete ${key}`, signal);
      await storage.delete(key);
    },
    list: (query, { signal } = {}) => {
      tell('list', signal);
      return storage.list(query);
    },
  };
}

/** A store that dies at its call with the given index: that one and all later ones fail. */
function dyingStorage(storage: StorageProvider, callsToLive: number) {
  return watchedStorage(storage, {
    before: ({ index, key }) => {
      if (index >= callsToLive) throw storageError('UNAVAILABLE', key);
    },
  });
}

/** The labels of the records that are stored, page by page: `aab`. */
async function labels(storage: StorageProvider): Promise<string> {
  const found = await storedRecords(storage);
  return found
    .map((record) => (record as { logical_cluster_id: string }).logical_cluster_id[0])
    .join('');
}

/** Fails if what is stored looks like a whole set and is not the whole of one of those given. */
async function expectNoMixture(storage: StorageProvider, sets: readonly string[]): Promise<void> {
  if (!looksComplete(await storedPages(storage))) return;
  expect(sets).toContain(await labels(storage));
}

async function copyOf(storage: StorageProvider): Promise<StorageProvider> {
  const copy = createMemoryStorage();
  for await (const { key } of storage.list()) await copy.put(key, await storage.get(key));
  return copy;
}

const repeat = (label: string, times: number) => label.repeat(times);
const SIZES = [1, 2, 3, 4];
const SIZE_PAIRS = SIZES.flatMap((older) => SIZES.map((newer) => [older, newer] as const));

describe('the order', () => {
  it('is: the last old page goes first, the other old ones but page 0, then pages in any order, then the last', async () => {
    const storage = createMemoryStorage();
    await write(storage, 'a', 4);
    const watched = watchedStorage(storage);
    await write(watched, 'b', 3);
    expect(watched.calls.slice(0, 2)).toEqual([`list ${SET_PREFIX}`, `delete ${pageKey(3)}`]);
    expect(watched.calls.slice(2, 4).sort()).toEqual(
      [1, 2].map((part) => `delete ${pageKey(part)}`),
    );
    expect(watched.calls.slice(4, 6).sort()).toEqual([0, 1].map((part) => `put ${pageKey(part)}`));
    expect(watched.calls.slice(6)).toEqual([`put ${pageKey(2)}`]);
  });

  it('writes a set of one page over another at one stroke', async () => {
    const storage = createMemoryStorage();
    await write(storage, 'a', 1);
    const watched = watchedStorage(storage);
    await write(watched, 'b', 1);
    expect(watched.calls).toEqual([`list ${SET_PREFIX}`, `put ${pageKey(0)}`]);
  });

  it('begins a call only when the ones that must be done are', async () => {
    const storage = createMemoryStorage();
    await write(storage, 'a', 3);
    const running = new Set<string>();
    let mostPuts = 0;
    const slow = watchedStorage(storage, {
      before: async ({ operation, key }) => {
        if (key === pageKey(4)) expect(running).toEqual(new Set());
        if (operation === 'put')
          expect([...running].every((call) => call.startsWith('put'))).toBe(true);
        running.add(`${operation} ${key}`);
        if (operation === 'put') mostPuts = Math.max(mostPuts, running.size);
        await new Promise((resolve) => setImmediate(resolve));
      },
      after: ({ operation, key }) => running.delete(`${operation} ${key}`),
    });
    await write(slow, 'b', 5, { concurrency: 3 });
    expect(mostPuts).toBe(3);
  });

  it('waits for all of them, also when the one that was begun last ends first', async () => {
    const storage = createMemoryStorage();
    await write(storage, 'a', 5);
    const ended: string[] = [];
    const slow = watchedStorage(storage, {
      before: ({ operation, key }) =>
        turns(operation === 'put' ? 20 - 5 * partOf(key) : 5 * partOf(key)),
      after: ({ operation, key }) => ended.push(`${operation} ${partOf(key)}`),
    });
    const { pages } = await write(slow, 'b', 4);
    expect(pages.map((page) => page.part)).toEqual([0, 1, 2, 3]);
    const deletes = ['delete 4', 'delete 1', 'delete 2', 'delete 3'];
    expect(ended.slice(1)).toEqual([...deletes, 'put 2', 'put 1', 'put 0', 'put 3']);
  });

  // To go on would take an old set apart that could have stayed whole.
  it.each([
    [4, 3],
    [4, 1],
    [2, 1],
  ])('ends with the first deletion, of %i pages for %i, if that fails', async (older, newer) => {
    const storage = createMemoryStorage();
    await write(storage, 'a', older);
    const failing = watchedStorage(storage, {
      before: async ({ operation, key }) => {
        if (operation !== 'delete') return;
        await turns(5);
        throw storageError('PERMISSION_DENIED', key);
      },
    });
    const error = await rejection(write(failing, 'b', newer));
    expect(error).toMatchObject({ name: 'StorageError', code: 'PERMISSION_DENIED' });
    expect(failing.calls).toEqual([`list ${SET_PREFIX}`, `delete ${pageKey(older - 1)}`]);
    expect(await labels(storage)).toBe(repeat('a', older));
  });
});

describe('a signal', () => {
  it('is given to every call', async () => {
    const storage = createMemoryStorage();
    await write(storage, 'a', 3);
    const { signal } = new AbortController();
    const heard: unknown[] = [];
    const deaf = deafStorage(storage, (_, given) => heard.push(given));
    await write(deaf, 'b', 2, { signal });
    expect(heard).toEqual(Array.from({ length: 5 }, () => signal));
  });

  it.each([`delete ${pageKey(3)}`, `delete ${pageKey(2)}`, `put ${pageKey(0)}`])(
    'that is aborted in %s ends with that call, also where the store does not heed it',
    async (last) => {
      const storage = createMemoryStorage();
      await write(storage, 'a', 4);
      const abort = new AbortController();
      const calls: string[] = [];
      const deaf = deafStorage(storage, (call) => {
        calls.push(call);
        if (call === last) abort.abort(new Error('enough'));
      });
      const { signal } = abort;
      const error = await rejection(write(deaf, 'b', 4, { signal, concurrency: 1 }));
      expect(error).toBe(signal.reason);
      await turns(20);
      expect(calls.at(-1)).toBe(last);
    },
  );
});

it.each(SIZE_PAIRS)('replaces %i pages by %i and says which were there', async (older, newer) => {
  const storage = createMemoryStorage();
  await write(storage, 'a', older);
  const { pages } = await write(storage, 'b', newer);
  const outcomes = pages.map((_, part) => (part < older ? 'overwritten' : 'created'));
  expect(pages.map((page) => page.outcome)).toEqual(outcomes);
  expect(await labels(storage)).toBe(repeat('b', newer));
  expect(looksComplete(await storedPages(storage))).toBe(true);
});

it('creates what is not there', async () => {
  const storage = createMemoryStorage();
  const { pages } = await write(storage, 'a', 2);
  expect(pages.map((page) => page.outcome)).toEqual(['created', 'created']);
});

// The reference leaves the old tail, and a reader bills it again.
it('leaves nothing of a longer set, also where parts sort as 10 before 9', async () => {
  const storage = createMemoryStorage();
  await write(storage, 'a', 25);
  await write(storage, 'b', 2);
  expect((await storedPages(storage)).map((page) => page.key)).toEqual([pageKey(0), pageKey(1)]);
});

it('touches no other set, and no key that is no page', async () => {
  const storage = createMemoryStorage();
  const others = [
    `${SET_PREFIX}007.json.gz`,
    `${SET_PREFIX}1.json`,
    `${SET_PREFIX}1.json.gz/x`,
    `${SET_PREFIX}x-1.json.gz`,
    SET_PREFIX.replace('tidb01', 'tidb010').concat('1.json.gz'),
    pageKey(1).replace('1755850380', '1755850440'),
  ];
  await write(storage, 'a', 3);
  for (const key of others) await storage.put(key, Buffer.from(key));
  const watched = watchedStorage(storage);
  await write(watched, 'b', 1);
  const deleted = watched.calls.filter((call) => call.startsWith('delete'));
  expect(deleted).toEqual([2, 1].map((part) => `delete ${pageKey(part)}`));
  for (const key of others) expect(Buffer.from(await storage.get(key)).toString()).toBe(key);
});

describe('a crash at any point leaves no mixture that looks complete', () => {
  it.each(SIZE_PAIRS)(
    'when %i pages are replaced by %i, and the write again ends whole',
    async (older, newer) => {
      for (const concurrency of [1, 2, 4]) {
        let finished = false;
        for (let callsToLive = 0; !finished; callsToLive++) {
          const storage = createMemoryStorage();
          await write(storage, 'a', older);
          const dying = dyingStorage(storage, callsToLive);
          const result = await write(dying, 'b', newer, { concurrency }).catch(
            (error: Error) => error,
          );
          finished = !(result instanceof Error);
          expect(callsToLive).toBeLessThan(20);
          await expectNoMixture(storage, [repeat('a', older), repeat('b', newer)]);

          await write(storage, 'b', newer);
          expect(await labels(storage)).toBe(repeat('b', newer));
          expect(looksComplete(await storedPages(storage))).toBe(true);
        }
      }
    },
  );

  // With old pages behind the one that says how many there are, to delete the last page alone brings
  // out that one, and the new pages that are written before it is replaced look like its own.
  it('when the crash is in a second overwrite, after one that crashed', async () => {
    for (let first = 0; first < 16; first++) {
      const crashedOnce = createMemoryStorage();
      await write(crashedOnce, 'a', 6);
      await write(dyingStorage(crashedOnce, first), 'b', 2).catch(() => {});
      for (let second = 0; second < 16; second++) {
        const storage = await copyOf(crashedOnce);
        await write(dyingStorage(storage, second), 'c', 4).catch(() => {});
        await expectNoMixture(storage, [repeat('a', 6), repeat('b', 2), repeat('c', 4)]);
        await write(storage, 'd', 3);
        expect(await labels(storage)).toBe('ddd');
        expect(looksComplete(await storedPages(storage))).toBe(true);
      }
    }
  });

  // What crashed writers of all kinds may leave: any pages below each other.
  it('whatever pages are there before', async () => {
    const claims = [undefined, 0, 2, 3];
    const layouts = claims.flatMap((p1) =>
      claims.flatMap((p2) => claims.map((p3) => [0, p1, p2, p3])),
    );
    for (const layout of layouts) {
      const before = createMemoryStorage();
      await store(before, layout);
      if (looksComplete(await storedPages(before))) continue;
      for (const newer of [1, 2, 3]) {
        for (let callsToLive = 1; callsToLive < 9; callsToLive++) {
          const storage = await copyOf(before);
          await write(dyingStorage(storage, callsToLive), 'b', newer).catch(() => {});
          const found = await labels(storage);
          if (looksComplete(await storedPages(storage)) && found.includes('b')) {
            expect(found).toBe(repeat('b', newer));
          }
        }
      }
    }
  });
});

describe('what fails before anything is touched is the error itself', () => {
  it('when the listing fails', async () => {
    const storage = createMemoryStorage();
    await write(storage, 'a', 3);
    const error = await rejection(write(dyingStorage(storage, 0), 'b', 2));
    expect(error).toMatchObject({ name: 'StorageError', code: 'UNAVAILABLE' });
    expect(await labels(storage)).toBe('aaa');
  });

  it('when a record of the first page is bad, also when it comes from an iterator', async () => {
    const storage = createMemoryStorage();
    await write(storage, 'a', 3);
    function* bad(): Generator<never> {
      yield { a: Number.NaN } as never;
    }
    const writer = createMeteringWriter({ storage, overwrite: true });
    const error = await rejection(writer.write(dataOf(bad())));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'data[0].a' }] });
    expect(await labels(storage)).toBe('aaa');
  });
});

it('tells of a failure after the first deletion as a PartialWriteError, even with no page stored', async () => {
  const storage = createMemoryStorage();
  await write(storage, 'a', 3);
  const error = await rejection(write(dyingStorage(storage, 2), 'b', 2));
  expect(error).toMatchObject({
    code: 'PARTIAL_WRITE',
    pages: [],
    failedKey: pageKey(1),
    retryable: true,
  });
  expect((error as Error).message).toContain('1 of the old pages deleted');
});

it('tells of a failure among pages that are written at once with all that are stored', async () => {
  const storage = createMemoryStorage();
  const failing = watchedStorage(storage, {
    before: ({ key }) => {
      if (key === pageKey(1)) throw storageError('NO_SPACE', key);
    },
  });
  const error = await rejection(write(failing, 'b', 9));
  expect(error).toMatchObject({ code: 'PARTIAL_WRITE', failedKey: pageKey(1), retryable: false });
  const stored = (await storedPages(storage)).map((page) => page.part);
  expect((error as { pages: { part: number }[] }).pages.map((page) => page.part)).toEqual(stored);
});

it('tells of the first failure, also when another one follows before all calls have ended', async () => {
  const storage = createMemoryStorage();
  await write(storage, 'a', 2);
  const failing = watchedStorage(storage, {
    before: async ({ operation, key }) => {
      if (operation !== 'put') return;
      await turns(partOf(key) === 0 ? 10 : 1);
      throw storageError(partOf(key) === 0 ? 'UNAVAILABLE' : 'NO_SPACE', key);
    },
  });
  const error = await rejection(write(failing, 'b', 3));
  expect(error).toMatchObject({ failedKey: pageKey(1), cause: { code: 'NO_SPACE' } });
});

it('can be the setting of the writer, which a call overrules', async () => {
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage, overwrite: true });
  await writer.write(dataOf(records(1, 'a')));
  await writer.write(dataOf(records(1, 'b')));
  expect(await labels(storage)).toBe('b');
  const create = writer.write(dataOf(records(1, 'c')), { overwrite: false });
  expect(await rejection(create)).toMatchObject({ code: 'ALREADY_EXISTS' });
});

/** Stores pages with the label `x` that claim what is given; undefined: no such page. */
async function store(
  storage: StorageProvider,
  claims: readonly (number | undefined)[],
): Promise<void> {
  for (const [part, parts] of claims.entries()) {
    if (parts === undefined) continue;
    const page: Record<string, JsonValue> = { part, parts, data: records(1, 'x') };
    await storage.put(pageKey(part), gzipSync(JSON.stringify(page)));
  }
}
