import { createMemoryStorage, FormatError, isStorageError } from '@metering/core';
import { createMeteringWriter } from '@metering/writer';
import { describe, expect, it } from 'vitest';
import { createMeteringReader, type RangeQuery } from '../../src/index.ts';
import { judgedSets } from '../../src/lib/ranges/judged-sets.ts';
import { setsOfRange } from '../../src/lib/ranges/range-files.ts';
import { setFiles } from '../../src/lib/ranges/set-files.ts';
import { collect } from '../support/collect.ts';
import { CountingStorage } from '../support/counting-storage.ts';
import { MINUTE, PAGE, PAGE_KEY, putJson, putPage } from '../support/files.ts';
import { ForwardingStorage } from '../support/forwarding-storage.ts';
import { GatedStorage } from '../support/gated-storage.ts';
import { recordingLogger } from '../support/recording-logger.ts';

const RANGE = { from: MINUTE, to: MINUTE + 60 };
const SET_KEY = PAGE_KEY.slice(0, PAGE_KEY.lastIndexOf('-') + 1);

/** A set of three pages of which page 1 is gone, and a whole one before and behind it. */
async function setUp() {
  const storage = new CountingStorage(createMemoryStorage());
  const writer = createMeteringWriter({ storage, pageSizeBytes: 1 });
  for (const selfId of ['a', PAGE.selfId, 'z']) {
    const data = [1, 2, 3].map((value) => ({ egress: { value, unit: 'bytes' } }));
    await writer.write({ ...PAGE, selfId, data });
  }
  await storage.delete(`${SET_KEY}1.json.gz`);
  storage.reset();
  const logger = recordingLogger();
  return { storage, logger, reader: createMeteringReader({ storage, logger }) };
}

describe('an incomplete set', () => {
  it.each(['scan', 'records'] as const)(
    'by default ends %s before any record of it',
    async (call) => {
      const { reader } = await setUp();
      const given: string[] = [];
      const taking = (async () => {
        for await (const { selfId } of reader[call](RANGE)) given.push(selfId);
      })();
      const error = await taking.catch((reason: unknown) => reason);
      expect(given).toEqual(['a', 'a', 'a']);
      expect(error).toBeInstanceOf(FormatError);
      expect(error).toMatchObject({ code: 'INCOMPLETE_SET', key: SET_KEY, retryable: false });
      expect((error as Error).message).toMatch(
        /n1-: the set .* is incomplete: page 1 is missing; /,
      );
    },
  );

  it('by default is an error of totals', async () => {
    const { reader } = await setUp();
    await expect(reader.totals(RANGE)).rejects.toMatchObject({
      code: 'INCOMPLETE_SET',
      key: SET_KEY,
    });
  });

  it('can be left out, with a warning', async () => {
    const { reader, logger } = await setUp();
    const query: RangeQuery = { ...RANGE, incomplete: 'skip' };
    const totals = await reader.totals(query);
    expect(totals.rows.map(({ value }) => value)).toEqual([12n]);
    expect(totals.sets).toEqual({ complete: 2, unknown: 0, incomplete: 1 });
    expect(await collect(reader.scan(query))).toHaveLength(6);
    expect(logger.warnings[0]).toEqual({
      details: { set: SET_KEY, reason: 'page 1 is missing' },
      message: 'Left out an incomplete set of metering pages',
    });
  });

  it('can be taken for what is there', async () => {
    const { reader } = await setUp();
    const totals = await reader.totals({ ...RANGE, incomplete: 'include' });
    expect(totals.rows.map(({ value }) => value)).toEqual([16n]);
    expect(totals.sets).toEqual({ complete: 2, unknown: 0, incomplete: 1 });
  });

  it('is told of by sets and gaps, whatever is to be done with it', async () => {
    const { reader } = await setUp();
    const sets = await collect(reader.sets(RANGE));
    const { selfId, category, sharedPoolId } = PAGE;
    expect(sets.map(({ status }) => status)).toEqual(['complete', 'incomplete', 'complete']);
    expect(sets[1]).toMatchObject({ ...RANGE_SET, key: SET_KEY, parts: 3, missing: [1] });
    expect(await collect(reader.gaps(RANGE))).toEqual([
      { kind: 'incomplete', category, sharedPoolId, selfId, ...RANGE, set: sets[1] },
    ]);
    const withAll = { ...RANGE, incomplete: 'include' } as const;
    expect(await collect(reader.gaps(withAll))).toEqual([]);
  });

  const RANGE_SET = { timestamp: MINUTE, category: PAGE.category, selfId: PAGE.selfId };

  it.each(['error', 'skip', 'include'] as const)('is fetched once: %s', async (incomplete) => {
    const { storage, reader } = await setUp();
    await collect(reader.scan({ ...RANGE, incomplete })).catch(() => undefined);
    expect(new Set(storage.gets).size).toBe(storage.gets.length);
  });
});

describe('a set', () => {
  it('that Go wrote is unknown, and passes', async () => {
    const storage = createMemoryStorage();
    await putPage(storage);
    await putPage(storage, { part: 1 });
    const reader = createMeteringReader({ storage });
    expect(await collect(reader.scan(RANGE))).toHaveLength(2);
    expect((await collect(reader.sets(RANGE)))[0]?.status).toBe('unknown');
  });

  it('that Go wrote is incomplete where a page between is missing', async () => {
    const storage = createMemoryStorage();
    await putPage(storage);
    await putPage(storage, { part: 2 });
    const reader = createMeteringReader({ storage });
    await expect(collect(reader.scan(RANGE))).rejects.toThrow('page 1 is missing');
  });

  it('of one empty page says "up, used nothing": it is no gap', async () => {
    const storage = createMemoryStorage();
    await createMeteringWriter({ storage }).write({ ...PAGE, data: [] });
    const reader = createMeteringReader({ storage });
    const { category, sharedPoolId, selfId } = PAGE;
    expect(await collect(reader.gaps({ from: MINUTE - 120, to: MINUTE + 120 }))).toEqual([
      { kind: 'silent', category, sharedPoolId, selfId, from: MINUTE - 120, to: MINUTE },
      { kind: 'silent', category, sharedPoolId, selfId, from: MINUTE + 60, to: MINUTE + 120 },
    ]);
  });

  it('of which a page goes while it is read lacks that page', async () => {
    class VanishingStorage extends ForwardingStorage {
      override async get(key: string) {
        if (key.endsWith('-1.json.gz')) await this.inner.delete(key);
        return super.get(key);
      }
    }
    const storage = new VanishingStorage(createMemoryStorage());
    const data = [1, 2].map((value) => ({ egress: { value, unit: 'bytes' } }));
    const write = () =>
      createMeteringWriter({ storage: storage.inner, pageSizeBytes: 1 }).write({ ...PAGE, data });
    const reader = createMeteringReader({ storage });
    await write();
    await expect(collect(reader.scan(RANGE))).rejects.toThrow('at least page 1 is missing');
    await write();
    expect(await collect(reader.scan({ ...RANGE, incomplete: 'include' }))).toHaveLength(1);
  });

  it('that is too large to be kept is fetched once more, and refused if it is another one by then', async () => {
    const storage = new CountingStorage(createMemoryStorage());
    for (const part of [0, 1, 2]) {
      await putJson(storage, `${SET_KEY}${part}.json.gz`, { parts: part === 2 ? 3 : 0, data: [] });
    }
    const { size } = await storage.head(PAGE_KEY);
    const context = {
      storage,
      concurrency: 2,
      maxPageBytes: 1000,
      logger: undefined,
      onSkipped: () => undefined,
    };
    const options = { keepBytes: size, signal: undefined };
    const listed = setsOfRange(context, RANGE, {});
    const [judged] = await collect(judgedSets(listed, context, options));
    if (judged === undefined) throw new Error('no set');
    const files = await collect(setFiles(judged, context, undefined));
    expect(files.map(({ page, parts }) => [page.part, parts])).toEqual([
      [0, 0],
      [1, 0],
      [2, 3],
    ]);
    expect(storage.gets).toHaveLength(5);
    await putJson(storage, `${SET_KEY}1.json.gz`, { parts: 2, data: [] });
    await expect(collect(setFiles(judged, context, undefined))).rejects.toMatchObject({
      code: 'INCOMPLETE_SET',
      message: expect.stringContaining('page 1 was replaced while it was read'),
    });
  });
});

describe('reading ahead', () => {
  it('fetches so many files at once as the reader may, and gives them in order', async () => {
    const storage = new GatedStorage(createMemoryStorage());
    const keys: string[] = [];
    for (let index = 0; index < 7; index++)
      keys.push(await putPage(storage, { selfId: `n${index}` }));
    const reader = createMeteringReader({ storage, concurrency: 3 });
    const pages = collect(reader.scan(RANGE));
    await storage.until(3);
    expect(storage.waiting).toEqual(keys.slice(0, 3));
    for (const key of [keys[2], keys[1]]) storage.open(key);
    await new Promise((resolve) => setImmediate(resolve));
    expect(storage.waiting).toEqual(keys.slice(0, 1));
    const opening = (async () => {
      for (const key of [0, 3, 4, 5, 6].map((index) => keys[index] as string)) {
        while (!storage.waiting.includes(key))
          await new Promise((resolve) => setImmediate(resolve));
        storage.open(key);
      }
    })();
    expect((await pages).map(({ key }) => key)).toEqual(keys);
    await opening;
  });

  it('ends with the failure of a file in its turn, after what is before it', async () => {
    const storage = createMemoryStorage();
    for (const selfId of ['a', 'c', 'd']) await putPage(storage, { selfId });
    const broken = PAGE_KEY.replace('n1-', 'b-');
    await storage.put(broken, new Uint8Array(3));
    const given: string[] = [];
    const reading = (async () => {
      const reader = createMeteringReader({ storage, concurrency: 9 });
      for await (const { selfId } of reader.scan(RANGE)) given.push(selfId);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'CORRUPT_GZIP', key: broken });
    expect(given).toEqual(['a']);
  });

  it.each(['scan', 'records', 'sets', 'gaps', 'totals'] as const)(
    'of %s ends at once by an abort, with its reason',
    async (call) => {
      const storage = new GatedStorage(createMemoryStorage());
      await putPage(storage);
      const reader = createMeteringReader({ storage });
      const abort = new AbortController();
      const reason = new Error('enough');
      const result = reader[call](RANGE, { signal: abort.signal });
      const settled = result instanceof Promise ? result : collect<unknown>(result);
      const rejected = expect(settled).rejects.toBe(reason);
      await storage.until(1);
      abort.abort(reason);
      await rejected;
      expect(storage.aborted).toHaveLength(1);
    },
  );

  it('passes on what the storage throws', async () => {
    const storage = createMemoryStorage();
    await storage.close();
    const reader = createMeteringReader({ storage });
    const error = await collect(reader.scan(RANGE)).catch((reason: unknown) => reason);
    expect(isStorageError(error)).toBe(false);
    expect(error).toBeInstanceOf(TypeError);
  });
});
