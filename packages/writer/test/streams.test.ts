import {
  createMemoryStorage,
  type MeteringRecord,
  PartialWriteError,
  type StorageProvider,
  ValidationError,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringWriter } from '../src/index.ts';
import { dataOf, pageKey, RECORD_BYTES, records } from './support/data.ts';
import { rejection, storageError } from './support/storage-errors.ts';
import { looksComplete, storedPages, storedRecords } from './support/stored-pages.ts';
import { watchedStorage } from './support/watched-storage.ts';

type Source = Iterable<MeteringRecord> | AsyncIterable<MeteringRecord>;

/** An iterator that notes how it is used. */
class Watched {
  readonly #values: readonly unknown[];
  taken = 0;
  returned = 0;

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  sync(): Iterable<MeteringRecord> {
    return {
      [Symbol.iterator]: () => ({ next: () => this.#next(), return: () => this.#return() }),
    };
  }

  async(): AsyncIterable<MeteringRecord> {
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () => this.#next(),
        return: async () => this.#return(),
      }),
    };
  }

  #next(): IteratorResult<MeteringRecord> {
    const value = this.#values[this.taken] as MeteringRecord;
    if (this.taken >= this.#values.length) return { done: true, value: undefined };
    this.taken += 1;
    if (value instanceof Error) throw value;
    return { done: false, value };
  }

  #return(): IteratorResult<MeteringRecord> {
    this.returned += 1;
    return { done: true, value: undefined };
  }
}

/** Lets the event loop turn. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function writerOf(
  storage: StorageProvider,
  options: { concurrency?: number; overwrite?: boolean } = {},
) {
  return createMeteringWriter({ storage, pageSizeBytes: RECORD_BYTES, ...options });
}

describe.each([
  ['an iterable', (watched: Watched): Source => watched.sync()],
  ['an async iterable', (watched: Watched): Source => watched.async()],
])('%s', (_, open) => {
  it('is written like an array', async () => {
    const storage = createMemoryStorage();
    const watched = new Watched(records(7));
    await writerOf(storage).write(dataOf(open(watched)));
    expect(await storedRecords(storage)).toEqual(records(7));
    expect(looksComplete(await storedPages(storage))).toBe(true);
    expect(watched.returned).toBe(0);
  });

  it('may be empty', async () => {
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(open(new Watched([]))));
    expect(await storedPages(storage)).toMatchObject([{ part: 0, parts: 1, data: [] }]);
  });

  it('with a bad record on its first page is a ValidationError, and nothing is stored', async () => {
    const storage = watchedStorage(createMemoryStorage());
    const watched = new Watched([{ a: { value: 0.5, unit: 'x' }, b: undefined }, ...records(5)]);
    const error = await rejection(writerOf(storage).write(dataOf(open(watched))));
    expect(error).toBeInstanceOf(ValidationError);
    const paths = ['data[0].a.value', 'data[0].b'];
    expect((error as ValidationError).issues.map((issue) => issue.path)).toEqual(paths);
    expect(storage.calls).toEqual([]);
    expect(watched).toMatchObject({ taken: 1, returned: 1 });
  });

  it.each([false, true])(
    'with a bad record later names it and the pages that are stored; overwriting: %s',
    async (overwrite) => {
      const storage = createMemoryStorage();
      const watched = new Watched([...records(5), { a: Number.NaN }, ...records(5)]);
      const writer = writerOf(storage, { overwrite });
      const error = (await rejection(writer.write(dataOf(open(watched))))) as PartialWriteError;
      expect(error).toBeInstanceOf(PartialWriteError);
      expect(error).toMatchObject({ failedKey: pageKey(4), retryable: false });
      expect(error.cause).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'data[5].a' }] });
      expect(error.pages.map((page) => page.part)).toEqual([0, 1, 2, 3]);
      expect((await storedPages(storage)).map((page) => page.part)).toEqual([0, 1, 2, 3]);
      expect(watched).toMatchObject({ taken: 6, returned: 1 });
    },
  );

  it('that throws is told as what it threw, and is not closed again', async () => {
    const failure = new Error('no more rows');
    const early = new Watched([failure]);
    const storage = createMemoryStorage();
    expect(await rejection(writerOf(storage).write(dataOf(open(early))))).toBe(failure);
    const late = new Watched([...records(3), failure]);
    const error = await rejection(writerOf(storage).write(dataOf(open(late))));
    expect(error).toMatchObject({ code: 'PARTIAL_WRITE', failedKey: pageKey(2), cause: failure });
    expect([early.returned, late.returned]).toEqual([0, 0]);
  });

  it('is closed when storing fails', async () => {
    const watched = new Watched(records(1000));
    const storage = watchedStorage(createMemoryStorage(), {
      before: ({ key }) => {
        throw storageError('NO_SPACE', key);
      },
    });
    const error = await rejection(writerOf(storage).write(dataOf(open(watched))));
    expect(error).toMatchObject({ code: 'NO_SPACE' });
    expect(watched.returned).toBe(1);
    expect(watched.taken).toBeLessThan(20);
  });

  it('is taken from no further ahead than the concurrency allows', async () => {
    const watched = new Watched(records(50));
    let most = 0;
    const stored = new Set<string>();
    const storage = watchedStorage(createMemoryStorage(), {
      before: async () => {
        await turns(5);
        most = Math.max(most, watched.taken - stored.size);
      },
      after: ({ key }) => stored.add(key),
    });
    await writerOf(storage, { concurrency: 3 }).write(dataOf(open(watched)));
    // Three pages under way, one that waits, and the record that showed that it is complete.
    expect(most).toBe(5);
  });
});

it('ends the wait for a slow source when storing has failed', async () => {
  const storage = watchedStorage(createMemoryStorage(), {
    before: ({ key }) => {
      throw storageError('UNAVAILABLE', key);
    },
  });
  async function* slow() {
    yield* records(2);
    await new Promise(() => {});
  }
  const error = await rejection(writerOf(storage).write(dataOf(slow())));
  expect(error).toMatchObject({ code: 'UNAVAILABLE' });
});

it('waits until a source is closed before it tells of a failure', async () => {
  const storage = createMemoryStorage();
  let closed = false;
  async function* source() {
    try {
      yield { a: Number.NaN };
    } finally {
      await new Promise((resolve) => setImmediate(resolve));
      closed = true;
    }
  }
  expect(await rejection(writerOf(storage).write(dataOf(source())))).toBeInstanceOf(
    ValidationError,
  );
  expect(closed).toBe(true);
});

it('tells of the failure, not of what closing the source throws', async () => {
  const source = {
    [Symbol.iterator]: () => ({
      next: () => ({ done: false as const, value: { a: Number.NaN } }),
      return: () => {
        throw new Error('closing failed');
      },
    }),
  };
  const error = await rejection(writerOf(createMemoryStorage()).write(dataOf(source)));
  expect(error).toBeInstanceOf(ValidationError);
});

it('takes the async iterator of what has both', async () => {
  const storage = createMemoryStorage();
  const both = { ...new Watched(records(1, 'a')).sync(), ...new Watched(records(1, 'b')).async() };
  await writerOf(storage).write(dataOf(both));
  expect(await storedRecords(storage)).toEqual(records(1, 'b'));
});

it('holds no more than the pages under way in memory, whatever the number of records', async () => {
  const storage = watchedStorage(createMemoryStorage());
  const writer = createMeteringWriter({
    storage: { ...storage, put: async () => ({}) },
    pageSizeBytes: 1_048_576,
  });
  const record = records(1)[0]!;
  let most = 0;
  function* many() {
    for (let index = 0; index < 600_000; index++) {
      if (index % 10_000 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers);
      yield record;
    }
  }
  const before = process.memoryUsage().arrayBuffers;
  const { pages } = await writer.write(dataOf(many()));
  expect(pages.length).toBeGreaterThan(40);
  expect(most - before).toBeLessThan(40_000_000);
});

describe('an abort', () => {
  const reason = new Error('enough');

  it('before the writing begins touches nothing', async () => {
    const storage = watchedStorage(createMemoryStorage());
    const watched = new Watched(records(5));
    const signal = AbortSignal.abort(reason);
    expect(await rejection(writerOf(storage).write(dataOf(watched.sync()), { signal }))).toBe(
      reason,
    );
    expect(storage.calls).toEqual([]);
    expect(watched.taken).toBe(0);
  });

  it.each([false, true])(
    'between pages is told at once and untouched; overwriting: %s',
    async (overwrite) => {
      const abort = new AbortController();
      const storage = createMemoryStorage();
      const watched = new Watched(records(1000));
      const stopping = watchedStorage(storage, {
        after: ({ key }) => {
          if (key === pageKey(2)) abort.abort(reason);
        },
      });
      const writer = writerOf(stopping, { overwrite });
      const writing = writer.write(dataOf(watched.sync()), { signal: abort.signal });
      expect(await rejection(writing)).toBe(reason);
      const calls = stopping.calls.length;
      await turns(20);
      expect(stopping.calls.length).toBe(calls);
      expect(watched.returned).toBe(1);
    },
  );

  it('while an array is looked through', async () => {
    const abort = new AbortController();
    const storage = watchedStorage(createMemoryStorage());
    const data = records(200_000);
    const writing = writerOf(storage).write(dataOf(data), { signal: abort.signal });
    setImmediate(() => abort.abort(reason));
    expect(await rejection(writing)).toBe(reason);
    expect(storage.calls).toEqual([]);
  });

  it('while a record is waited for that never comes', async () => {
    const abort = new AbortController();
    let returned = 0;
    const never = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => {}),
        return: () => {
          returned += 1;
          return new Promise<never>(() => {});
        },
      }),
    };
    const writing = writerOf(createMemoryStorage()).write(dataOf(never), { signal: abort.signal });
    setImmediate(() => abort.abort(reason));
    expect(await rejection(writing)).toBe(reason);
    await turns(3);
    expect(returned).toBe(1);
  });

  it.each(['put', 'get', 'list', 'delete'])('while the store hangs in a %s', async (operation) => {
    const abort = new AbortController();
    const storage = createMemoryStorage();
    await writerOf(storage).write(dataOf(records(3, 'b')));
    const hanging = watchedStorage(storage, {
      before: (call) => {
        if (call.operation !== operation) return undefined;
        abort.abort(reason);
        return new Promise(() => {});
      },
    });
    const overwrite = operation !== 'get';
    const writing = writerOf(hanging).write(dataOf(records(3)), {
      overwrite,
      signal: abort.signal,
    });
    expect(await rejection(writing)).toBe(reason);
  });

  it('after the writing changes nothing', async () => {
    const abort = new AbortController();
    const writer = writerOf(createMemoryStorage());
    const { pages } = await writer.write(dataOf(records(2)), { signal: abort.signal });
    abort.abort(reason);
    expect(pages).toHaveLength(2);
  });

  it('can serve many writes at once without a word on standard error', async () => {
    const abort = new AbortController();
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    const writer = writerOf(createMemoryStorage());
    const writes = Array.from({ length: 30 }, (_, index) =>
      writer.write(dataOf(records(3), { selfId: `s${index}` }), { signal: abort.signal }),
    );
    await Promise.all(writes);
    await turns(3);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});

it('lets the event loop turn while it writes', async () => {
  let seen = 0;
  let done = false;
  const count = () => {
    seen += 1;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  const writer = createMeteringWriter({ storage: createMemoryStorage(), pageSizeBytes: 0 });
  await writer.write(dataOf(records(200_000)));
  done = true;
  expect(seen).toBeGreaterThan(5);
});
