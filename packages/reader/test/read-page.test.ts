import { gzipSync } from 'node:zlib';
import {
  createMemoryStorage,
  FormatError,
  type JsonValue,
  StorageError,
  ValidationError,
  withPrefix,
} from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader } from '../src/index.ts';
import { CountingStorage } from './support/counting-storage.ts';
import { MINUTE, PAGE, PAGE_KEY, putJson, putText } from './support/files.ts';

const WHOLE_BODY = {
  timestamp: MINUTE,
  category: 'tidb-server',
  self_id: 'n1',
  shared_pool_id: 'default-shared-pool',
  part: 0,
};

function setUp() {
  const storage = new CountingStorage(createMemoryStorage());
  return { storage, reader: createMeteringReader({ storage }) };
}

async function readBody(body: JsonValue, key = PAGE_KEY) {
  const { storage, reader } = setUp();
  await putJson(storage, key, body);
  return reader.read(key);
}

async function failureOf(body: JsonValue, key = PAGE_KEY): Promise<FormatError> {
  const error = await readBody(body, key).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FormatError);
  return error as FormatError;
}

describe('read', () => {
  it('gives what the key says and the records', async () => {
    const record = { logical_cluster_id: 'lc-1', cpu: { value: 3600, unit: 'seconds' } };
    const page = await readBody({ ...WHOLE_BODY, data: [record] });
    expect(page).toEqual({ key: PAGE_KEY, ...PAGE, data: [record] });
    expect(Object.keys(page)).not.toContain('parts');
  });

  it('keeps every digit, which a float64 loses beyond 2^53', async () => {
    const { storage, reader } = setUp();
    const digits = '18446744073709551615';
    await putText(
      storage,
      PAGE_KEY,
      `{"data":[{"a":{"value":${digits},"unit":"b"},"n":-9007199254740993}]}`,
    );
    const { data } = await reader.read(PAGE_KEY);
    expect(data).toEqual([
      { a: { value: 18446744073709551615n, unit: 'b' }, n: -9007199254740993n },
    ]);
  });

  it('keeps the page number, which the reference drops, and the number of pages on the last page only', async () => {
    const second = PAGE_KEY.replace('-0.', '-1.');
    expect(await readBody({ part: 1, parts: 2, data: [] }, second)).toMatchObject({
      part: 1,
      parts: 2,
    });
    expect(await readBody({ part: 1, parts: 0, data: [] }, second)).not.toHaveProperty('parts');
  });

  it('takes a page as a listing gave it', async () => {
    const { storage, reader } = setUp();
    await putJson(storage, PAGE_KEY, { data: [] });
    expect(await reader.read({ key: PAGE_KEY })).toMatchObject({ key: PAGE_KEY });
  });

  it('makes one request, where the reference asks with a HEAD first', async () => {
    const { storage, reader } = setUp();
    await putJson(storage, PAGE_KEY, { data: [] });
    await reader.read(PAGE_KEY);
    expect(storage).toMatchObject({ gets: [PAGE_KEY], heads: 0, lists: 0 });
  });

  it('reads by keys that are relative to the prefix', async () => {
    const storage = withPrefix(createMemoryStorage(), 'tenant/');
    await putJson(storage, PAGE_KEY, { data: [] });
    expect(await createMeteringReader({ storage }).read(PAGE_KEY)).toMatchObject({ key: PAGE_KEY });
  });

  it('takes a body without the fields that its key has, and ignores fields that it does not know', async () => {
    expect(await readBody({ data: [], region: { a: 1 } })).toEqual({
      key: PAGE_KEY,
      ...PAGE,
      data: [],
    });
  });

  it('reads null for the records, as Go writes an empty list', async () => {
    expect(await readBody({ ...WHOLE_BODY, data: null })).toMatchObject({ data: [] });
  });

  it.each([
    ['timestamp', 1755850440, '1755850440', String(MINUTE)],
    ['timestamp', String(MINUTE), `"${MINUTE}"`, String(MINUTE)],
    ['category', 'tikv-server', '"tikv-server"', '"tidb-server"'],
    ['self_id', 'n2', '"n2"', '"n1"'],
    ['shared_pool_id', 'pool-a', '"pool-a"', '"default-shared-pool"'],
    ['shared_pool_id', null, 'null', '"default-shared-pool"'],
    ['part', 1, '1', '0'],
  ])('refuses a body whose %s (%j) contradicts its key', async (field, value, found, expected) => {
    const error = await failureOf({ ...WHOLE_BODY, data: [], [field]: value });
    expect(error).toMatchObject({ code: 'UNEXPECTED_SHAPE', key: PAGE_KEY });
    for (const part of [PAGE_KEY, field, found, expected]) expect(error.message).toContain(part);
  });

  it.each([
    ['a list', [], 'must hold an object'],
    ['text', 'page', 'must hold an object'],
    ['null', null, 'must hold an object'],
    ['no records', {}, 'data must be a list of records, not absent'],
    ['an object of records', { data: { a: 1 } }, 'data must be a list of records'],
    ['a number for the records', { data: 3 }, 'data must be a list of records, not 3'],
    ['a record that is a number', { data: [{}, 7] }, 'data[1] must be a record, an object, not 7'],
    [
      'a record that is a list',
      { data: [[]] },
      'data[0] must be a record, an object, not an array',
    ],
    ['a record that is null', { data: [null] }, 'data[0] must be a record, an object, not null'],
    ['parts that are text', { parts: '1', data: [] }, 'parts must be 0, or 1'],
    ['parts that are null', { parts: null, data: [] }, 'parts must be 0, or 1'],
    ['parts that are negative', { parts: -1, data: [] }, 'parts must be 0, or 1'],
    ['parts that are a fraction', { parts: 0.5, data: [] }, 'parts must be 0, or 1'],
    [
      'parts of another page',
      { parts: 2, data: [] },
      'parts must be 0, or 1 if page 0 is the last one',
    ],
  ])('refuses %s', async (_what, body, message) => {
    const error = await failureOf(body);
    expect(error).toMatchObject({ code: 'UNEXPECTED_SHAPE', key: PAGE_KEY });
    expect(error.message).toContain(message);
  });

  it('names line and column of what is no JSON', async () => {
    const { storage, reader } = setUp();
    await putText(storage, PAGE_KEY, '{"data":[\n  {"a": 1,}\n]}');
    await expect(reader.read(PAGE_KEY)).rejects.toMatchObject({
      name: 'FormatError',
      code: 'INVALID_JSON',
      key: PAGE_KEY,
      line: 2,
      column: 11,
    });
  });

  it('refuses two values in one file', async () => {
    const { storage, reader } = setUp();
    await putText(storage, PAGE_KEY, '{"data":[]}{"data":[]}');
    await expect(reader.read(PAGE_KEY)).rejects.toMatchObject({ code: 'INVALID_JSON' });
  });

  it('passes on that there is no such page', async () => {
    const error = await setUp()
      .reader.read(PAGE_KEY)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code: 'NOT_FOUND', key: PAGE_KEY });
  });

  it.each([
    'metering/ru/60/c/n-0.json.gz',
    'metering/meta/logic/c1/1.json.gz',
    '',
    '../../etc/passwd',
    7 as unknown as string,
    null as unknown as string,
    { key: 5 } as unknown as string,
  ])('refuses the key %j, and asks the storage nothing', async (key) => {
    const { storage, reader } = setUp();
    const error = await reader.read(key).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toBe('key');
    expect(storage.gets).toEqual([]);
  });

  it.each([
    ['metering/ru/0060/c/p/n-0.json.gz', 'timestamp "0060" has leading zeros'],
    ['metering/ru/61/c/p/n-0.json.gz', 'must be a whole minute'],
    ['metering/ru/now/c/p/n-0.json.gz', 'timestamp "now" is not a decimal number'],
    [`metering/ru/60/${'c'.repeat(1024)}/p/n-0.json.gz`, 'longer than 1024 bytes'],
    ['metering/meta/logic/c1/1.json.gz', 'does not begin with metering/ru/'],
  ])('says why %s is no page', async (key, reason) => {
    await expect(setUp().reader.read(key)).rejects.toThrow(reason);
  });

  it('rejects with the reason of an abort', async () => {
    const { storage, reader } = setUp();
    await storage.put(PAGE_KEY, gzipSync('{"data":[]}'));
    const reason = new Error('stop');
    await expect(reader.read(PAGE_KEY, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
