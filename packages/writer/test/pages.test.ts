import { createMemoryStorage, type MeteringRecord, stringifyJson } from '@metering/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMeteringWriter, type MeteringWriterOptions } from '../src/index.ts';
import { arbitraryLongRecord, arbitraryRecord } from './support/arbitrary-record.ts';
import { dataOf, pageKey, RECORD_BYTES, records, SET_PREFIX, TIMESTAMP } from './support/data.ts';
import { storedPages, storedRecords } from './support/stored-pages.ts';

const MIB = 1_048_576;

async function write(data: readonly MeteringRecord[], options: { pageSizeBytes?: number } = {}) {
  const storage = createMemoryStorage();
  const { pages } = await createMeteringWriter({ storage, ...options }).write(dataOf(data));
  return { storage, pages, stored: await storedPages(storage) };
}

/** How many records each page holds, by the rule as it is written down. */
function pageCounts(data: readonly MeteringRecord[], pageSizeBytes: number): number[] {
  const counts = [0];
  let sum = 0;
  for (const record of data) {
    const size = Buffer.byteLength(stringifyJson(record));
    if (pageSizeBytes > 0 && counts.at(-1)! > 0 && sum + size > pageSizeBytes) {
      counts.push(0);
      sum = 0;
    }
    counts[counts.length - 1]! += 1;
    sum += size;
  }
  return counts;
}

it('writes a page as it is laid down, to the byte', async () => {
  const { stored, pages } = await write([
    { logical_cluster_id: 'lc-1', compute_seconds: { value: 2n ** 64n - 1n, unit: 'seconds' } },
  ]);
  expect(stored.map((page) => page.text)).toEqual([
    `{"timestamp":${TIMESTAMP},"category":"tidb-server","self_id":"tidb01","shared_pool_id":"default-shared-pool","part":0,"parts":1,"data":[{"logical_cluster_id":"lc-1","compute_seconds":{"value":18446744073709551615,"unit":"seconds"}}]}`,
  ]);
  expect(pages).toEqual([
    { key: pageKey(0), part: 0, records: 1, bytes: expect.any(Number), outcome: 'created' },
  ]);
});

it('says in a result what is stored: keys, parts, records, bytes', async () => {
  const { storage, pages, stored } = await write(records(12), { pageSizeBytes: RECORD_BYTES });
  expect(pages.map((page) => page.key)).toEqual(stored.map((page) => page.key));
  expect(pages.map((page) => page.part)).toEqual(Array.from({ length: 12 }, (_, part) => part));
  for (const { key, bytes } of pages) expect((await storage.head(key)).size).toBe(bytes);
});

// The reference's pages carry no count: that the last one of a set is missing goes unnoticed.
it('carries the number of pages on the last page of a set, and 0 on all others', async () => {
  const { stored } = await write(records(11), { pageSizeBytes: RECORD_BYTES });
  expect(stored.map((page) => page.parts)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11]);
});

describe('a set without records', () => {
  // The reference writes nothing when paginating, so that zero usage looks like an outage.
  it.each([0, 1, 16 * MIB])(
    'is one page with an empty list at a page size of %i',
    async (pageSizeBytes) => {
      const { stored, pages } = await write([], { pageSizeBytes });
      expect(stored).toMatchObject([{ part: 0, parts: 1, data: [] }]);
      expect(pages).toMatchObject([{ part: 0, records: 0, outcome: 'created' }]);
    },
  );
});

describe('where pages end', () => {
  const small = fc.array(arbitraryRecord, { maxLength: 30 });

  it('is where the records’ JSON sizes add up to more than the page size, whatever the records', async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.nat(2000), async (data, pageSizeBytes) => {
        const { stored, pages } = await write(data, { pageSizeBytes });
        const counts = pageCounts(data, pageSizeBytes);
        expect(stored.map((page) => page.data.length)).toEqual(counts);
        expect(pages.map((page) => page.records)).toEqual(counts);
        const texts = stored.map(({ text }) => text.slice(text.indexOf('"data":[') + 8, -2));
        expect(texts.join(',')).toBe(data.map(stringifyJson).join(','));
      }),
      { numRuns: 100 },
    );
  });

  it('counts neither commas nor the envelope', async () => {
    const exactly = await write(records(4), { pageSizeBytes: 2 * RECORD_BYTES });
    expect(exactly.pages.map((page) => page.records)).toEqual([2, 2]);
    const oneLess = await write(records(4), { pageSizeBytes: 2 * RECORD_BYTES - 1 });
    expect(oneLess.pages.map((page) => page.records)).toEqual([1, 1, 1, 1]);
  });

  it('gives a record that is larger than a page one of its own', async () => {
    const large = { note: 'x'.repeat(1000) };
    const { pages } = await write([{ a: 1 }, large, large, { a: 2 }, { a: 3 }], {
      pageSizeBytes: 500,
    });
    expect(pages.map((page) => page.records)).toEqual([1, 1, 1, 2]);
  });

  it('is nowhere at 0, and after 16 MiB when nothing is said', async () => {
    const data = Array.from({ length: 40 }, (_, index) => ({
      note: String(index).repeat(MIB / 2),
    }));
    expect((await write(data, { pageSizeBytes: 0 })).pages).toHaveLength(1);
    expect((await write(data)).pages.map((page) => page.records)).toEqual(
      pageCounts(data, 16 * MIB),
    );
  });
});

it('stores every byte of pages of many slabs, and of records larger than a slab', async () => {
  const short = fc.sample(arbitraryRecord, { numRuns: 2000, seed: 2 });
  const long = fc.sample(arbitraryLongRecord, { numRuns: 60, seed: 3 });
  const huge = { note: 'é"\u2028😀'.repeat(150_000), list: short };
  const data = [...short, ...long, huge, ...short, huge, ...long];
  for (const pageSizeBytes of [0, 1_200_000]) {
    const { stored } = await write(data, { pageSizeBytes });
    expect(stored.map((page) => page.data.length)).toEqual(pageCounts(data, pageSizeBytes));
    const texts = stored.map(({ text }) => text.slice(text.indexOf('"data":[') + 8, -2));
    expect(texts.join(',') === data.map(stringifyJson).join(',')).toBe(true);
  }
});

it('makes the same bytes of the same data every time', async () => {
  const data = fc.sample(arbitraryRecord, { numRuns: 2000, seed: 1 });
  const bodies = [];
  for (let time = 0; time < 2; time++) {
    const { storage, pages } = await write(data, { pageSizeBytes: 200_000 });
    bodies.push(await Promise.all(pages.map((page) => storage.get(page.key))));
  }
  expect(bodies[0]).toEqual(bodies[1]);
});

it.each([0, 1, 6, 9])('compresses at level %i', async (compressionLevel) => {
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage, compressionLevel });
  const { pages } = await writer.write(dataOf(records(5000)));
  expect(await storedRecords(storage)).toEqual(records(5000));
  const jsonBytes = 5000 * (RECORD_BYTES + 1);
  if (compressionLevel === 0) expect(pages[0]!.bytes).toBeGreaterThan(jsonBytes);
  else expect(pages[0]!.bytes).toBeLessThan(jsonBytes / 8);
});

// A level is zlib's: a page that was compressed otherwise would have been made at no level at all.
it('compresses by zlib at any level but the default, and when it is told to', async () => {
  const sizes = async (options: Partial<MeteringWriterOptions>) => {
    const storage = createMemoryStorage();
    const { pages } = await createMeteringWriter({ storage, ...options }).write(
      dataOf(records(5000)),
    );
    expect(await storedRecords(storage)).toEqual(records(5000));
    return pages[0]!.bytes;
  };
  const byTokens = await sizes({});
  expect(await sizes({ compressionLevel: 6, compression: 'auto' })).toBe(byTokens);
  const byZlib = await sizes({ compression: 'zlib' });
  expect(await sizes({ compression: 'zlib', compressionLevel: 6 })).toBe(byZlib);
  expect(byZlib).not.toBe(byTokens);
  expect(await sizes({ compressionLevel: 9 })).toBe(
    await sizes({ compressionLevel: 9, compression: 'zlib' }),
  );
  expect(await sizes({ compressionLevel: 1 })).toBeGreaterThan(byZlib);
});

describe('the shared pool', () => {
  it.each([
    ['is the data’s', 'own', 'writer', 'own'],
    ['is the writer’s when the data names none', undefined, 'writer', 'writer'],
    ['is the writer’s when the data’s is empty', '', 'writer', 'writer'],
    ['is the default when none is named', undefined, undefined, 'default-shared-pool'],
    ['is the default when all are empty', '', '', 'default-shared-pool'],
  ])('%s', async (_, ofData, ofWriter, expected) => {
    const storage = createMemoryStorage();
    const writer = createMeteringWriter({ storage, sharedPoolId: ofWriter });
    const { pages } = await writer.write(dataOf([], { sharedPoolId: ofData }));
    expect(pages[0]!.key).toBe(`metering/ru/${TIMESTAMP}/tidb-server/${expected}/tidb01-0.json.gz`);
    expect((await storedPages(storage))[0]!.text).toContain(`"shared_pool_id":"${expected}"`);
  });
});

it('leaves the caller’s data as it was', async () => {
  // The reference fills in the shared pool by changing the object that it was given.
  const record = Object.freeze({
    a: Object.freeze({ value: 1, unit: 'x' }),
    list: Object.freeze([1]),
  });
  const data = Object.freeze(dataOf(Object.freeze([record])));
  const { storage } = await write([]);
  await createMeteringWriter({ storage }).write(data, { overwrite: true });
  expect(Object.keys(data)).toEqual(['timestamp', 'category', 'selfId', 'data']);
});

// An accessor may say something else each time: what was checked once was the key of the page, the rest its text.
it('reads each member of the data once', async () => {
  const reads: string[] = [];
  const data = new Proxy(dataOf([], { sharedPoolId: 'pool' }), {
    get(target, name) {
      reads.push(String(name));
      return Reflect.get(target, name);
    },
  });
  await createMeteringWriter({ storage: createMemoryStorage() }).write(data);
  expect(reads.sort()).toEqual(['category', 'data', 'selfId', 'sharedPoolId', 'timestamp']);
});

it('writes the list as it was when the writing began, whatever is pushed to it meanwhile', async () => {
  const storage = createMemoryStorage();
  const data = records(3);
  const writing = createMeteringWriter({ storage }).write(dataOf(data));
  data.push(...records(2, 'b'));
  await writing;
  expect(await storedRecords(storage)).toEqual(records(3));
});

it('writes many sets at once with one writer', async () => {
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage, pageSizeBytes: 50_000 });
  const sets = Array.from({ length: 20 }, (_, index) =>
    fc.sample(arbitraryRecord, { numRuns: 100 + index, seed: index }),
  );
  await Promise.all(sets.map((data, index) => writer.write(dataOf(data, { selfId: `s${index}` }))));
  for (const [index, data] of sets.entries()) {
    const stored = await storedPages(storage, SET_PREFIX.replace('tidb01', `s${index}`));
    const texts = stored.map(({ text }) => text.slice(text.indexOf('"data":[') + 8, -2));
    expect(texts.join(',')).toBe(data.map(stringifyJson).join(','));
  }
});

// The slabs of all sets share the threads and each set's memory is used again and again.
it('mixes up nothing when many large sets are written at once', async () => {
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage, pageSizeBytes: 1_300_000, compressionLevel: 3 });
  const base = fc.sample(arbitraryRecord, { numRuns: 2000, seed: 7 });
  const sets = Array.from({ length: 4 }, (_, index) => {
    const rotated = [...base.slice(index * 100), ...base.slice(0, index * 100)];
    return [rotated, rotated, rotated, rotated].flat();
  });
  await Promise.all(sets.map((data, index) => writer.write(dataOf(data, { selfId: `s${index}` }))));
  for (const [index, data] of sets.entries()) {
    const stored = await storedPages(storage, SET_PREFIX.replace('tidb01', `s${index}`));
    const texts = stored.map(({ text }) => text.slice(text.indexOf('"data":[') + 8, -2));
    expect(texts.join(',') === data.map(stringifyJson).join(',')).toBe(true);
  }
});
