import {
  createMemoryStorage,
  type MeteringData,
  type MeteringRecord,
  ValidationError,
  validateMeteringData,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringWriter } from '../src/index.ts';
import { dataOf, pageKey, RECORD_BYTES, records } from './support/data.ts';
import { rejection } from './support/storage-errors.ts';
import { storedPages } from './support/stored-pages.ts';
import { watchedStorage } from './support/watched-storage.ts';

const MIB = 1_048_576;
const LONG_ID = 'é'.repeat(250);

/** Records of just over 1 MiB each. */
function manyMebibytes(count: number): MeteringRecord[] {
  const note = 'x'.repeat(MIB);
  return Array.from({ length: count }, (_, index) => ({ index, note }));
}

/** Writes what is wrong, and checks that it was refused as bad data before the store heard of it. */
async function refused(
  data: unknown,
  { overwrite = false, pageSizeBytes = 16 * MIB, concurrency = 4 } = {},
): Promise<ValidationError> {
  const storage = watchedStorage(createMemoryStorage());
  const writer = createMeteringWriter({ storage, overwrite, pageSizeBytes, concurrency });
  const error = await rejection(writer.write(data as MeteringData));
  expect(error).toBeInstanceOf(ValidationError);
  expect(storage.calls).toEqual([]);
  return error as ValidationError;
}

describe.each([false, true])('with overwrite %s, nothing is stored or deleted of', (overwrite) => {
  it.each<[string, string, Record<string, unknown>]>([
    ['a selfId with "-"', 'selfId', { selfId: 'a-1' }],
    ['a selfId with a slash', 'selfId', { selfId: 'a/b' }],
    ['an empty selfId', 'selfId', { selfId: '' }],
    ['no selfId', 'selfId', { selfId: undefined }],
    ['a category that leads out of its folder', 'category', { category: '..' }],
    ['a category "."', 'category', { category: '.' }],
    ['a category with a slash', 'category', { category: '../x' }],
    ['a category with a backslash', 'category', { category: 'a\\b' }],
    ['a category that is no text', 'category', { category: 5 }],
    ['a shared pool with NUL', 'sharedPoolId', { sharedPoolId: 'a\0b' }],
    ['a shared pool with a control character', 'sharedPoolId', { sharedPoolId: 'a\u0085b' }],
    ['a shared pool with a lone surrogate', 'sharedPoolId', { sharedPoolId: 'a\ud800' }],
    ['a shared pool that is null', 'sharedPoolId', { sharedPoolId: null }],
    [
      'ids that make a key of over 1,024 bytes',
      'key',
      { category: LONG_ID, selfId: LONG_ID + LONG_ID },
    ],
    ['a timestamp of 59', 'timestamp', { timestamp: 59 }],
    ['a timestamp of 0', 'timestamp', { timestamp: 0 }],
    ['a negative timestamp', 'timestamp', { timestamp: -60 }],
    ['a timestamp with a fraction', 'timestamp', { timestamp: 60.5 }],
    ['a date', 'timestamp', { timestamp: new Date(0) }],
    ['an invalid date', 'timestamp', { timestamp: new Date('x') }],
    ['NaN', 'timestamp', { timestamp: Number.NaN }],
    ['data that is missing', 'data', { data: undefined }],
    ['data that is null', 'data', { data: null }],
    ['data that is one record', 'data', { data: { a: 1 } }],
    ['data that is a text', 'data', { data: 'abc' }],
    ['a record that is null', 'data[0]', { data: [null] }],
    ['a record that is a list', 'data[1]', { data: [{}, []] }],
    ['a record that is a date', 'data[0]', { data: [new Date(0)] }],
    ['a record that is not there', 'data[1]', { data: Object.assign(Array(3), { 0: {}, 2: {} }) }],
    ['a metric that is negative', 'data[0].a.value', { data: [{ a: { value: -1, unit: 'x' } }] }],
    ['a metric with a fraction', 'data[0].a.value', { data: [{ a: { value: 0.5, unit: 'x' } }] }],
    [
      'a metric that is no longer exact',
      'data[0].a.value',
      { data: [{ a: { value: 2 ** 53, unit: 'x' } }] },
    ],
    [
      'a metric beyond 2^64 - 1',
      'data[0].a.value',
      { data: [{ a: { value: 2n ** 64n, unit: 'x' } }] },
    ],
    ['NaN deep inside', 'data[0].a[1].b', { data: [{ a: [0, { b: Number.NaN }] }] }],
    ['undefined', 'data[0].a', { data: [{ a: undefined }] }],
    ['a lone surrogate', 'data[0].a', { data: [{ a: '\udfff' }] }],
  ])('%s', async (_, path, wrong) => {
    const error = await refused({ ...dataOf([]), ...wrong }, { overwrite });
    expect(error.issues.map((issue) => issue.path)).toEqual([path]);
    expect(error.message).toContain(path);
  });

  it('records of which the last alone is wrong, however many pages they make', async () => {
    const data = [...records(1000), { a: { value: 1.5, unit: 'x' } }];
    const error = await refused(dataOf(data), { overwrite, pageSizeBytes: RECORD_BYTES });
    expect(error.issues.map((issue) => issue.path)).toEqual(['data[1000].a.value']);
  });

  it('a record that contains itself', async () => {
    const record: Record<string, unknown> = {};
    record.self = { record };
    const error = await refused({ ...dataOf([]), data: [record] }, { overwrite });
    expect(error.issues).toMatchObject([{ path: 'data[0].self.record', code: 'CIRCULAR' }]);
  });

  it.each([undefined, null, 5, 'text'])('data that is %s', async (data) => {
    expect((await refused(data, { overwrite })).message).toContain('must be an object');
  });
});

it('says that a timestamp looks like milliseconds', async () => {
  const { message } = await refused({ ...dataOf([]), timestamp: 1_755_850_380_000 });
  expect(message).toContain('this looks like milliseconds');
});

it('tells all that is wrong at once', async () => {
  const wrong = [
    { a: Number.NaN, b: { value: -1, unit: 'x' } },
    {},
    5,
    ...records(500),
    { c: undefined },
  ];
  const error = await refused({ ...dataOf([]), data: wrong }, { pageSizeBytes: RECORD_BYTES });
  const paths = ['data[0].a', 'data[0].b.value', 'data[2]', 'data[503].c'];
  expect(error.issues.map((issue) => issue.path)).toEqual(paths);
  const header = await refused({ timestamp: 59, category: '', selfId: 'a-b', data: 5 });
  expect(header.issues.map((issue) => issue.path)).toEqual([
    'timestamp',
    'category',
    'selfId',
    'data',
  ]);
});

it('finds all that is wrong with header and records at once, as core does', async () => {
  // A wrong selfId once hid what was wrong with the records until it was put right.
  const data = {
    ...dataOf([]),
    timestamp: 59,
    selfId: 'a-b',
    data: [{ a: 1 }, { b: Number.NaN }, 5, { c: { value: -1, unit: 'x' } }],
  };
  const error = await refused(data);
  expect(error.issues.map(({ path }) => path)).toEqual([
    'timestamp',
    'selfId',
    'data[1].b',
    'data[2]',
    'data[3].c.value',
  ]);
  const ofCore = () => validateMeteringData(data as never);
  expect(ofCore).toThrow(expect.objectContaining({ issues: error.issues, message: error.message }));
});

it('does not begin an iterable whose header is wrong', async () => {
  let begun = false;
  function* unread() {
    begun = true;
    yield { a: 1 };
  }
  const error = await refused({ ...dataOf([]), selfId: 'a-b', data: unread() });
  expect(error.issues.map(({ path }) => path)).toEqual(['selfId']);
  expect(begun).toBe(false);
});

it('looks at the records of a wrong header no longer than its signal allows', async () => {
  const writer = createMeteringWriter({ storage: createMemoryStorage() });
  const controller = new AbortController();
  const many = Array.from({ length: 500_000 }, (_, index) => ({ index }));
  const data = { ...dataOf([]), selfId: 'a-b', data: many };
  const written = writer.write(data, { signal: controller.signal });
  setImmediate(() => controller.abort(new Error('enough')));
  await expect(written).rejects.toThrow('enough');
});

it('keeps the first hundred of the findings, and counts the others', async () => {
  const wrong = Array.from({ length: 5000 }, () => ({ a: Number.NaN }));
  const error = await refused({ ...dataOf([]), data: wrong });
  expect(error.issues).toHaveLength(100);
  expect(error.issueCount).toBe(5000);
});

it('refuses what an object became after it was looked at', async () => {
  let reads = 0;
  const fickle = {
    get a() {
      reads += 1;
      return reads > 1 ? 5 : Number.NaN;
    },
  };
  const error = await refused({ ...dataOf([]), data: [{}, fickle] });
  expect(error.issues).toMatchObject([{ path: 'data[1]', code: 'NOT_JSON' }]);
});

it('never stores what an object became between the look at it and its page', async () => {
  const storage = createMemoryStorage();
  const data = manyMebibytes(100);
  // By the time that the first page is stored, all records are known to be good.
  const watched = watchedStorage(storage, {
    before: () => Object.assign(data[99]!, { note: Number.NaN }),
  });
  const writer = createMeteringWriter({
    storage: watched,
    pageSizeBytes: MIB,
    compressionLevel: 1,
  });
  const error = await rejection(writer.write(dataOf(data)));
  expect(error).toMatchObject({
    code: 'PARTIAL_WRITE',
    failedKey: pageKey(98),
    cause: { code: 'INVALID_INPUT', issues: [{ path: 'data[99].note' }] },
  });
  expect((await storedPages(storage)).map((page) => page.part)).toEqual([...Array(98).keys()]);
});

describe('of an array too large to be made into pages first', () => {
  it('a bad record at the end keeps all of it from being stored', async () => {
    const data = [...manyMebibytes(100), { a: Number.NaN }, {}, { b: { value: -1, unit: 'x' } }];
    const error = await refused(dataOf(data), { pageSizeBytes: MIB });
    expect(error.issues.map((issue) => issue.path)).toEqual(['data[100].a', 'data[102].b.value']);
  });

  it('a key that would be too long does so, too', async () => {
    const selfId = 's'.repeat(1023 - 'metering/ru/1755850380/c/p/-0.json.gz'.length);
    const ids = { category: 'c', sharedPoolId: 'p', selfId };
    const error = await refused(dataOf(manyMebibytes(101), ids), { pageSizeBytes: MIB });
    expect(error.issues).toMatchObject([{ path: 'key', code: 'TOO_LONG' }]);
  });

  it('all is written', async () => {
    const storage = createMemoryStorage();
    const writer = createMeteringWriter({ storage, pageSizeBytes: 5 * MIB, compressionLevel: 1 });
    const { pages } = await writer.write(dataOf(manyMebibytes(90)));
    expect(pages.map((page) => page.records)).toEqual(
      Array.from({ length: 23 }, (_, part) => (part < 22 ? 4 : 2)),
    );
    const stored = await storedPages(storage);
    expect(stored.flatMap((page) => page.data)).toEqual(manyMebibytes(90));
  });
});

describe('a page of more than 100 MiB of JSON', () => {
  const note = 'x'.repeat(MIB);

  // At 0, which never ends a page, "must be smaller" was said, too.
  it.each([
    [0, 'pageSizeBytes must not be 0 for these records'],
    [200 * MIB, 'pageSizeBytes must be smaller for these records'],
  ])('is refused, naming pageSizeBytes, at a page size of %i', async (pageSizeBytes, advice) => {
    const data = Array.from({ length: 101 }, () => ({ note }));
    const error = await refused(dataOf(data), { pageSizeBytes });
    expect(error.issues).toMatchObject([{ path: 'pageSizeBytes', code: 'TOO_LONG' }]);
    expect(error.message).toContain(advice);
    expect(error.message).toContain('104857600');
  });

  it('is refused before anything is stored, also when it is not the first of an array', async () => {
    // The first page is just within it; the records of the second are, but not their commas.
    const pageSizeBytes = 100 * MIB - 60;
    const full = { note: 'x'.repeat(pageSizeBytes - 1000) };
    const hundredth = { note: 'x'.repeat(Math.floor(pageSizeBytes / 100) - '{"note":""}'.length) };
    const data = [full, ...Array.from({ length: 100 }, () => hundredth)];
    const error = await refused(dataOf(data), { pageSizeBytes, concurrency: 1 });
    expect(error.message).toContain('pageSizeBytes');
    expect(error.message).toContain('page 1 ');
  });

  it('is refused when one record alone makes it so', async () => {
    const record = { list: Array.from({ length: 101 }, () => note) };
    const error = await refused(dataOf([{ a: 1 }, record]));
    expect(error.issues).toMatchObject([{ path: 'data[1]', code: 'TOO_LONG' }]);
    expect(error.message).toContain('pageSizeBytes');
  });

  it('is written up to the very byte', async () => {
    const storage = createMemoryStorage();
    const writer = createMeteringWriter({ storage, pageSizeBytes: 0, compressionLevel: 1 });
    await writer.write(dataOf([{ note: '' }]));
    const rest = 100 * MIB - (await storedPages(storage))[0]!.text.length;
    const overwrite = { overwrite: true };
    await writer.write(dataOf([{ note: 'x'.repeat(rest) }]), overwrite);
    expect((await storedPages(storage))[0]!.text.length).toBe(100 * MIB);
    const tooLong = writer.write(dataOf([{ note: 'x'.repeat(rest + 1) }]), overwrite);
    expect(await rejection(tooLong)).toBeInstanceOf(ValidationError);
  });
});

// With part 0 the key is 1,024 bytes long, with part 10 it would be one more.
it('refuses an array whose last key would be too long before its first page is stored', async () => {
  const selfId = 's'.repeat(1024 - 'metering/ru/1755850380/c/p/-0.json.gz'.length);
  const ids = { category: 'c', sharedPoolId: 'p', selfId };
  const error = await refused(dataOf(records(11), ids), { pageSizeBytes: RECORD_BYTES });
  expect(error.issues).toMatchObject([{ path: 'key', code: 'TOO_LONG' }]);

  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage, pageSizeBytes: RECORD_BYTES });
  expect((await writer.write(dataOf(records(10), ids))).pages).toHaveLength(10);
});
