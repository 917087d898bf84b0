import { type MeteringRecord, stringifyJson } from '@metering/core';
import { IssueList, JsonChecker } from '@metering/core/building-blocks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncoderMemory } from '../src/lib/json/byte-sink.ts';
import { OversizedError } from '../src/lib/json/json-bytes.ts';
import { UnencodableError } from '../src/lib/json/json-sink.ts';
import { RecordEncoder } from '../src/lib/json/record-encoder.ts';
import { arbitraryLongRecord, arbitraryRecord } from './support/arbitrary-record.ts';

const memory = new EncoderMemory();

function encode(record: unknown): string {
  const encoder = new RecordEncoder(memory);
  const bytes = encoder.append(record);
  const taken = encoder.take();
  expect(taken.length).toBe(bytes);
  return taken.toString();
}

it('writes byte for byte what stringifyJson gives', () => {
  fc.assert(
    fc.property(arbitraryRecord, (record) => {
      expect(encode(record)).toBe(stringifyJson(record));
    }),
    { numRuns: 4000 },
  );
});

// Typed arrays swallow what is written beyond their end: a record that grew past its buffer once lost
// its last bytes, and the page was valid gzip of broken JSON.
it('loses nothing of records that are longer than its buffer', () => {
  fc.assert(
    fc.property(fc.array(arbitraryLongRecord, { maxLength: 6 }), (records) => {
      const encoder = new RecordEncoder(memory);
      const sizes = records.map((record) => encoder.append(record));
      const texts = records.map(stringifyJson);
      expect(sizes).toEqual(texts.map((text) => Buffer.byteLength(text)));
      expect(encoder.take().toString()).toBe(texts.join(','));
    }),
    { numRuns: 150 },
  );
});

it('gives every number from the edges of its digit tables', () => {
  for (let power = 0; power < 16; power++) {
    for (const value of [10 ** power - 1, 10 ** power, 10 ** power + 1, 3 * 10 ** power - 1]) {
      expect(encode({ metric: { value, unit: 'x' } })).toBe(
        `{"metric":{"value":${value},"unit":"x"}}`,
      );
    }
  }
});

describe('a list that is taken piece by piece', () => {
  it('goes on with a comma after take', () => {
    const encoder = new RecordEncoder(memory);
    encoder.append({ a: 1 });
    expect(encoder.take().toString()).toBe('{"a":1}');
    encoder.append({ b: 2 });
    encoder.append({ c: 3 });
    expect(encoder.take().toString()).toBe(',{"b":2},{"c":3}');
  });

  it('begins anew with the last record after takeAllButLast', () => {
    const encoder = new RecordEncoder(memory);
    encoder.append({ a: 1 });
    encoder.append({ b: 2 });
    expect(encoder.takeAllButLast().toString()).toBe('{"a":1}');
    encoder.append({ c: 3 });
    expect(encoder.take().toString()).toBe('{"b":2},{"c":3}');
  });

  it('leaves no comma behind when everything before the last record was taken already', () => {
    const encoder = new RecordEncoder(memory);
    encoder.append({ a: 1 });
    encoder.take();
    encoder.append({ b: 2 });
    expect(encoder.takeAllButLast().toString()).toBe('');
    expect(encoder.take().toString()).toBe('{"b":2}');
  });

  it('holds nothing of a record that it refused', () => {
    const encoder = new RecordEncoder(memory);
    encoder.append({ a: 1 });
    expect(() => encoder.append({ a: { b: [1, 2, Number.NaN] } })).toThrow(UnencodableError);
    encoder.append({ c: 3 });
    expect(encoder.take().toString()).toBe('{"a":1},{"c":3}');
  });

  it('never hands out memory that is still in use', () => {
    const encoder = new RecordEncoder(memory);
    const record = { text: 'x'.repeat(100_000) };
    while (!encoder.isFull) encoder.append(record);
    const first = encoder.take();
    const copy = Buffer.from(first);
    while (!encoder.isFull) encoder.append({ text: 'y'.repeat(100_000) });
    expect(first.equals(copy)).toBe(true);
    encoder.recycle(first);
    const second = encoder.take();
    const copyOfSecond = Buffer.from(second);
    encoder.append({ text: 'z'.repeat(100_000) });
    expect(second.equals(copyOfSecond)).toBe(true);
  });
});

it.each<[string, unknown]>([
  ['NaN', { a: Number.NaN }],
  ['an infinity', { a: [Number.POSITIVE_INFINITY] }],
  ['a lone surrogate', { a: '\ud800' }],
  ['a lone surrogate in a long text', { a: `${'x'.repeat(100)}\udc00` }],
  ['a lone surrogate in a name', { '\ud800': 1 }],
  ['a lone surrogate in the name of a metric', { '\ud800': { value: 1, unit: 'x' } }],
  ['a lone surrogate in a unit', { a: { value: 1, unit: '\udc00' } }],
  ['undefined', { a: undefined }],
  ['a function', { toJSON: () => 'x' }],
  ['a symbol', { a: Symbol('a') }],
  ['a date', { a: new Date(0) }],
  ['a map', { a: new Map() }],
  ['a boxed number', { a: Object(1) }],
  ['a hole in a list', { a: Object.assign(Array(3), { 0: 1, 2: 2 }) }],
  ['a negative metric', { a: { value: -1, unit: 'x' } }],
  ['a fraction of a metric', { a: { value: 1.5, unit: 'x' } }],
  ['a metric beyond 2^64 - 1', { a: { value: 2n ** 64n, unit: 'x' } }],
  ['a number beyond 2^53 - 1 as a metric', { a: { value: 2 ** 53, unit: 'x' } }],
  ['a text as a metric', { a: { value: '1', unit: 'x' } }],
  ['a metric with members besides', { a: { value: -1, unit: 'x', note: 1 } }],
  ['a metric in another order', { a: { unit: 'x', value: -1 } }],
  ['a metric of a metric', { a: { value: { value: 1, unit: 'x' }, unit: 'x' } }],
  [
    'a metric of a metric, with members besides',
    { a: { value: { value: 1, unit: 'x' }, unit: 'x', b: 1 } },
  ],
  ['a metric deep inside', { a: [{ b: { value: -1, unit: {} } }] }],
  ['a record that is a metric itself', { value: -1, unit: 'x' }],
  ['a list', []],
  ['null', null],
  ['a number', 5],
  ['undefined as a record', undefined],
  ['what contains itself', circular()],
])('refuses %s, whoever let it through', (_, record) => {
  expect(() => encode(record)).toThrow(UnencodableError);
});

// The encoder once let through what validation refuses: a metric whose value is a metric.
it('refuses exactly what validation refuses, whatever it is given', () => {
  const key = fc.constantFrom('value', 'unit', 'value', 'unit', 'a', '__proto__', '\ud800', '');
  const anything = fc.anything({
    key,
    maxDepth: 4,
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
    withUnicodeString: true,
  });
  const plainMetric = fc.record({ value: fc.oneof(fc.nat(), fc.bigInt()), unit: fc.string() });
  const metric = fc.record(
    {
      value: fc.oneof(anything, plainMetric, fc.nat()),
      unit: fc.oneof(anything, plainMetric),
      a: plainMetric,
    },
    { requiredKeys: ['value'] },
  );
  const record = fc.oneof(fc.dictionary(key, fc.oneof(anything, metric)), anything);
  fc.assert(
    fc.property(record, (value) => {
      const issues = new IssueList();
      new JsonChecker(issues, { metrics: true }).checkObject(value, 'data', 0);
      const encoder = new RecordEncoder(memory);
      if (issues.count > 0) expect(() => encoder.append(value)).toThrow(UnencodableError);
      else expect(encode(value)).toBe(stringifyJson(value as MeteringRecord));
    }),
    { numRuns: 4000 },
  );
});

it('takes 998 levels, which are 1,000 in a page, and refuses one more', () => {
  expect(encode(nestedObject(998))).toBe(stringifyJson(nestedObject(998)));
  expect(() => encode(nestedObject(999))).toThrow(UnencodableError);
  const metric = { value: 1, unit: 'x' };
  expect(encode(nestedObject(998, metric))).toBe(stringifyJson(nestedObject(998, metric)));
  expect(() => encode(nestedObject(999, metric))).toThrow(UnencodableError);
});

it('refuses a record of more than 100 MiB instead of growing without end', () => {
  const shared = Array.from({ length: 1000 }, () => 'x'.repeat(1000));
  const record = { list: Array.from({ length: 200 }, () => shared) };
  expect(() => encode(record)).toThrow(OversizedError);
});

it('does not take members that other code put on the prototype of all objects', () => {
  const encoder = new RecordEncoder(memory);
  const polluted = { value: 1, enumerable: true, configurable: true };
  Object.defineProperty(Object.prototype, 'polluted', polluted);
  try {
    encoder.append({ a: { value: 1, unit: 'x' }, b: { c: {} } });
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted');
  }
  expect(encoder.take().toString()).toBe('{"a":{"value":1,"unit":"x"},"b":{"c":{}}}');
});

it('stays right when it has seen more names than it remembers', () => {
  const encoder = new RecordEncoder(new EncoderMemory());
  for (let index = 0; index < 10_000; index++) {
    const record = { [`name${index}`]: { value: index, unit: `unit${index}` } };
    encoder.append(record);
    expect(encoder.take().toString()).toBe(`${index > 0 ? ',' : ''}${JSON.stringify(record)}`);
  }
});

function circular(): unknown {
  const record: Record<string, unknown> = {};
  record.self = [record];
  return record;
}

function nestedObject(levels: number, innermost: Record<string, unknown> = {}): never {
  let value: unknown = innermost;
  for (let level = 1; level < levels; level++) value = { a: value };
  return value as never;
}
