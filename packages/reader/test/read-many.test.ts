import { createMemoryStorage, FormatError, StorageError, ValidationError } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader, type PageReference, type ReadResult } from '../src/index.ts';
import { collect } from './support/collect.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { MINUTE, PAGE_KEY, putPage, putText } from './support/files.ts';
import { GatedStorage } from './support/gated-storage.ts';

async function storeMany(count: number) {
  const storage = createMemoryStorage();
  const keys: string[] = [];
  for (let index = 0; index < count; index++)
    keys.push(await putPage(storage, { selfId: `n${index}` }));
  return { storage, keys };
}

/** Runs everything that is ready to run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function keysOf(results: readonly ReadResult[]): string[] {
  return results.map(({ key }) => key).sort();
}

describe('readMany', () => {
  it.each(['array', 'set', 'generator', 'listing'])(
    'reads the pages of any iterable: %s',
    async (kind) => {
      const { storage, keys } = await storeMany(25);
      const reader = createMeteringReader({ storage });
      const sources: Record<string, () => Iterable<PageReference> | AsyncIterable<PageReference>> =
        {
          array: () => keys,
          set: () => new Set(keys),
          generator: () => keys.values(),
          listing: () => reader.list({ timestamp: MINUTE }),
        };
      const results = await collect(reader.readMany((sources[kind] as () => string[])()));
      expect(keysOf(results)).toEqual([...keys].sort());
      for (const result of results)
        expect(result).toMatchObject({ ok: true, page: { key: result.key } });
    },
  );

  it('tells what came of each file, where the reference leaves a nil and only the first error', async () => {
    const storage = createMemoryStorage();
    const good = await putPage(storage);
    const damaged = await putPage(storage, { selfId: 'damaged' });
    await storage.put(damaged, new Uint8Array(10));
    const broken = await putPage(storage, { selfId: 'broken' });
    await putText(storage, broken, '{"data":');
    const missing = PAGE_KEY.replace('n1-0', 'missing-0');
    const references = [damaged, good, missing, 'no/page', broken, null as unknown as string];
    const results = await collect(createMeteringReader({ storage }).readMany(references));
    const outcomes = Object.fromEntries(results.map((result) => [result.key, result]));
    expect(results).toHaveLength(6);
    expect(outcomes[good]).toMatchObject({ ok: true, page: { key: good } });
    expect(outcomes[damaged]).toMatchObject({ ok: false, error: { code: 'CORRUPT_GZIP' } });
    expect(outcomes[broken]).toMatchObject({ ok: false, error: { code: 'INVALID_JSON' } });
    expect(outcomes[missing]).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    const classOf = (key: string) => (outcomes[key] as { error: object }).error.constructor;
    expect(classOf(damaged)).toBe(FormatError);
    expect(classOf(missing)).toBe(StorageError);
    expect(classOf('no/page')).toBe(ValidationError);
    expect(classOf('null')).toBe(ValidationError);
  });

  it('reads no more at once than it may, where the reference begins with all of them', async () => {
    const { storage: inner, keys } = await storeMany(40);
    const gated = new GatedStorage(inner);
    const reading = collect(
      createMeteringReader({ storage: gated, concurrency: 3 }).readMany(keys),
    );
    for (let done = 0; done < keys.length; done++) {
      await gated.until(Math.min(3, keys.length - done));
      await settle();
      expect(gated.waiting).toHaveLength(Math.min(3, keys.length - done));
      gated.open(gated.waiting[0]);
    }
    expect(await reading).toHaveLength(40);
  });

  it('gives results as they come: one slow file holds up no other', async () => {
    const { storage: inner, keys } = await storeMany(12);
    const gated = new GatedStorage(inner);
    const slow = keys[0] as string;
    const results = createMeteringReader({ storage: gated, concurrency: 2 }).readMany(keys);
    const iterator = results[Symbol.asyncIterator]();
    for (const key of keys.slice(1)) {
      const next = iterator.next();
      await gated.until(2);
      gated.open(key);
      expect((await next).value).toMatchObject({ ok: true, key });
    }
    const last = iterator.next();
    gated.open(slow);
    expect((await last).value).toMatchObject({ ok: true, key: slow });
    expect((await iterator.next()).done).toBe(true);
  });

  it('of results that are there gives the first key first', async () => {
    const { storage: inner, keys } = await storeMany(4);
    const gated = new GatedStorage(inner);
    const results = createMeteringReader({ storage: gated }).readMany(keys);
    const reading = collect(results);
    await gated.until(4);
    for (const key of [...keys].reverse()) gated.open(key);
    expect((await reading).map(({ key }) => key)).toEqual(keys);
  });

  it('reads ahead no further than it may while nobody takes the results', async () => {
    const { storage: inner, keys } = await storeMany(100);
    const storage = new CountingStorage(inner);
    const results = createMeteringReader({ storage, concurrency: 4 }).readMany(keys);
    const iterator = results[Symbol.asyncIterator]();
    await settle();
    expect(storage.gets).toHaveLength(0);
    for (let taken = 1; taken <= 10; taken++) {
      await iterator.next();
      await settle();
      expect(storage.gets).toHaveLength(taken + 4);
    }
    await iterator.return?.();
  });

  it('takes keys only as there is room for them', async () => {
    const { storage: inner, keys } = await storeMany(3);
    const gated = new GatedStorage(inner);
    let taken = 0;
    async function* endless() {
      for (;;) yield keys[taken++ % 3] as string;
    }
    const results = createMeteringReader({ storage: gated, concurrency: 3 }).readMany(endless());
    const iterator = results[Symbol.asyncIterator]();
    const next = iterator.next();
    await gated.until(3);
    await settle();
    expect(taken).toBe(3);
    for (const key of keys) gated.open(key);
    await next;
    await iterator.return?.();
  });

  it('stops fetching, and closes the source, when the consumer leaves', async () => {
    const { storage: inner, keys } = await storeMany(50);
    const gated = new GatedStorage(inner);
    let closed = false;
    async function* source() {
      try {
        yield* keys;
      } finally {
        closed = true;
      }
    }
    const reader = createMeteringReader({ storage: gated, concurrency: 4 });
    const first = keys[0] as string;
    const opening = gated.until(4).then(() => gated.open(first));
    for await (const result of reader.readMany(source())) {
      expect(result.key).toBe(first);
      break;
    }
    await opening;
    await settle();
    expect(closed).toBe(true);
    expect(gated.waiting).toEqual([]);
    expect(gated.aborted).not.toContain(first);
    expect(gated.aborted.length).toBeGreaterThanOrEqual(3);
  });

  it('rejects at once with the reason of an abort, also while files hang', async () => {
    const { storage: inner, keys } = await storeMany(10);
    const gated = new GatedStorage(inner);
    const controller = new AbortController();
    const reason = new Error('stop');
    const reader = createMeteringReader({ storage: gated });
    const reading = collect(reader.readMany(keys, { signal: controller.signal }));
    await gated.until(4);
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await settle();
    expect(gated.waiting).toEqual([]);
  });

  it('rejects with the reason of an abort while the source hangs', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    async function* hanging(): AsyncGenerator<string> {
      await new Promise(() => undefined);
      yield PAGE_KEY;
    }
    const reader = createMeteringReader({ storage: createMemoryStorage() });
    const reading = collect(reader.readMany(hanging(), { signal: controller.signal }));
    await settle();
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });

  it('rejects with the reason of an abort between two results', async () => {
    const { storage, keys } = await storeMany(10);
    const controller = new AbortController();
    const reason = new Error('stop');
    const results = createMeteringReader({ storage }).readMany(keys, { signal: controller.signal });
    const iterator = results[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort(reason);
    await expect(iterator.next()).rejects.toBe(reason);
  });

  it('does nothing when it is aborted before', async () => {
    const { storage: inner, keys } = await storeMany(1);
    const storage = new CountingStorage(inner);
    const reason = new Error('stop');
    const reader = createMeteringReader({ storage });
    const reading = collect(reader.readMany(keys, { signal: AbortSignal.abort(reason) }));
    await expect(reading).rejects.toBe(reason);
    expect(storage.gets).toEqual([]);
  });

  it('gives what was begun before it throws what the source throws', async () => {
    const { storage, keys } = await storeMany(3);
    const failure = new Error('listing failed');
    async function* failing() {
      yield* keys;
      throw failure;
    }
    const results: string[] = [];
    const reading = (async () => {
      for await (const { key } of createMeteringReader({ storage }).readMany(failing()))
        results.push(key);
    })();
    await expect(reading).rejects.toBe(failure);
    expect(results.sort()).toEqual(keys);
  });

  it.each([undefined, null, 5, PAGE_KEY, { key: PAGE_KEY }])(
    'refuses %j instead of many keys',
    async (pages) => {
      const reader = createMeteringReader({ storage: createMemoryStorage() });
      const reading = collect(reader.readMany(pages as unknown as string[]));
      await expect(reading).rejects.toBeInstanceOf(ValidationError);
    },
  );

  it('reads nothing of no keys', async () => {
    const reader = createMeteringReader({ storage: createMemoryStorage() });
    expect(await collect(reader.readMany([]))).toEqual([]);
  });
});
