import { crc32, inflateRawSync } from 'node:zlib';
import { type MeteringRecord, stringifyJson } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { type DeflatedSlab, TokenEncoder } from '../../src/lib/deflate/token-encoder.ts';
import { UnsuitedError } from '../../src/lib/deflate/unsuited-error.ts';
import { UnencodableError } from '../../src/lib/json/json-sink.ts';
import { Random, randomRecord } from '../support/random-records.ts';

/** An empty last block. */
const END = Buffer.from([3, 0]);

/** The text of slabs that follow each other; each slab's own size and checksum are checked. */
function textOf(...slabs: readonly DeflatedSlab[]): string {
  const text = inflateRawSync(Buffer.concat([...slabs.map((slab) => slab.deflated), END]));
  let start = 0;
  for (const { jsonBytes, checksum } of slabs) {
    const part = text.subarray(start, start + jsonBytes);
    expect(checksum).toBe(part.length === 0 ? 0 : crc32(part));
    start += jsonBytes;
  }
  expect(text.length).toBe(start);
  return text.toString();
}

function encode(records: readonly MeteringRecord[]): DeflatedSlab {
  const encoder = new TokenEncoder('list begins');
  for (const record of records) encoder.append(record);
  return encoder.take();
}

function expectExact(...records: readonly MeteringRecord[]): void {
  expect(textOf(encode(records)) === records.map(stringifyJson).join(',')).toBe(true);
}

describe('a list that is taken piece by piece', () => {
  it('goes on with a comma after take, and looks back at what was taken', () => {
    const encoder = new TokenEncoder('list begins');
    const slabs: DeflatedSlab[] = [];
    for (let index = 0; index < 4; index++) {
      encoder.append({ metric: { value: index, unit: 'seconds' } });
      slabs.push(encoder.take());
    }
    const record = (value: number) => `{"metric":{"value":${value},"unit":"seconds"}}`;
    expect(textOf(...slabs)).toBe([0, 1, 2, 3].map(record).join(','));
    expect(slabs[3]!.deflated.length).toBeLessThan(slabs[0]!.deflated.length - 15);
  });

  it('begins anew with the last record after takeAllButLast, and never looks back across that', () => {
    const encoder = new TokenEncoder('list begins');
    encoder.append({ a: 1, b: 'text' });
    encoder.append({ a: 1, b: 'text' });
    expect(textOf(encoder.takeAllButLast())).toBe('{"a":1,"b":"text"}');
    encoder.append({ a: 1, b: 'text' });
    expect(textOf(encoder.takeAllButLast())).toBe('{"a":1,"b":"text"}');
    expect(textOf(encoder.take())).toBe('{"a":1,"b":"text"}');
  });

  it('goes on from what another encoder has begun', () => {
    const encoder = new TokenEncoder('list goes on');
    encoder.append({ a: 1 });
    expect(textOf(encoder.takeAllButLast())).toBe('');
    expect(textOf(encoder.take())).toBe('{"a":1}');
  });

  it.each<[string, MeteringRecord]>([
    ['an empty record', {}],
    ['a record without values', { a: [], b: {}, c: [[], {}] }],
    ['a record whose name is too long', { ['x'.repeat(500)]: 1 }],
    [
      'a record of much text before its first value',
      { ['a'.repeat(60)]: { ['b'.repeat(60)]: [[[{ ['c'.repeat(64)]: 1 }]]] } },
    ],
  ])('begins a page with %s', (_, record) => {
    const encoder = new TokenEncoder('list begins');
    const json = stringifyJson(record);
    for (const before of [{ a: 1 }, { a: 'x' }, { a: { value: 1, unit: 'y' } }, record]) {
      encoder.append(before);
      encoder.append(record);
      encoder.takeAllButLast();
      encoder.append(before);
      expect(textOf(encoder.takeAllButLast())).toBe(json);
      expect(textOf(encoder.take())).toBe(stringifyJson(before));
      encoder.append({});
      encoder.append({});
      encoder.takeAllButLast();
    }
  });
});

// The first record of a page stands behind other text than it did as the last one of the page before:
// that text may be one fragment too many.
it('ends pages up to the record that it has no more room for', () => {
  const encoder = new TokenEncoder('list begins');
  let before = '';
  for (let index = 0; ; index++) {
    const record = {
      [`name${index}`]: { [`inner${index}`]: { value: index, unit: `u${index % 5000}` } },
    };
    try {
      encoder.append(record);
    } catch (error) {
      expect(error).toBeInstanceOf(UnsuitedError);
      expect(index).toBeGreaterThan(500);
      expect(textOf(encoder.take())).toBe(before);
      return;
    }
    if (index > 0) expect(textOf(encoder.takeAllButLast()) === before).toBe(true);
    before = stringifyJson(record);
  }
});

it('writes text as stringifyJson does', () => {
  expectExact({ a: '' }, { a: '"\\\b\f\n\r\t\0\u007f\u2028' }, { a: 'é😀' }, { 'é"\n': 'é' });
  expectExact({ a: 'x'.repeat(48), b: 'x'.repeat(49) }, { a: 'é'.repeat(16_000) });
  expectExact({ a: [1, 'two', null, true, [], {}, [[3]]], b: { c: { d: [{}] } } });
});

it('writes the numbers that JavaScript writes oddly', () => {
  expectExact({ a: [0, -0, 5e-324, 1e21, -1, 1.5, 2 ** 53, -(2n ** 70n), 2n ** 64n] });
  expectExact({ a: { value: -0, unit: 'x' } }, { a: { value: 2n ** 64n - 1n, unit: 'x' } });
});

it('writes members that look alike, or like an object’s own', () => {
  const record = JSON.parse(
    '{"1":1,"0":2,"a":{"__proto__":{"value":1,"unit":"x"},"a":1},"__proto__":3}',
  );
  expectExact(
    record,
    record,
    { a: { value: 1, unit: { value: 1 } } },
    { a: { unit: 'x', value: 1 } },
  );
});

it('matches values that come again, over their digits and into what follows', () => {
  const metrics = (value: number) => ({
    id: { value, unit: 'x' },
    a: { value: 123_456_789, unit: 'x' },
    b: { value: 987_654_321, unit: 'y' },
  });
  const records = Array.from({ length: 2000 }, (_, index) => metrics(index));
  const slab = encode(records);
  expect(textOf(slab)).toBe(records.map(stringifyJson).join(','));
  // A match of all that is the same, and the number that is not.
  expect(slab.deflated.length / records.length).toBeLessThan(4);
});

it('matches values that come again later, not only the last one', () => {
  const records = Array.from({ length: 4000 }, (_, index) => ({
    a: { value: [1_111_111_111, 2_222_222_222, 3_333_333_333][(index * index) % 3]!, unit: 'x' },
  }));
  const slab = encode(records);
  expect(textOf(slab)).toBe(records.map(stringifyJson).join(','));
  expect(slab.deflated.length / records.length).toBeLessThan(3);
});

it('matches what repeats in long texts', () => {
  const random = new Random(7);
  const words = random.list(20, () => `word${random.below(1e9)} `);
  const records = Array.from({ length: 300 }, () => ({
    note: random.list(40, () => random.pick(words)).join(''),
  }));
  const slab = encode(records);
  expect(textOf(slab) === records.map(stringifyJson).join(',')).toBe(true);
  expect(slab.deflated.length).toBeLessThan(slab.jsonBytes / 4);
});

it.each([32_700, 32_740, 32_760, 32_768, 32_780, 40_000])(
  'is right where what came before is about %i bytes back',
  (distance) => {
    for (let shift = 0; shift < 60; shift++) {
      const filler = 'z'.repeat(distance - 5000 - shift);
      const encoder = new TokenEncoder('list begins');
      const records = [{ seldom: { value: 77_777, unit: 'rare' } }, { filler: 'y'.repeat(4900) }];
      const all = [
        ...records,
        { filler: filler.slice(0, 14_000) },
        { filler: filler.slice(14_000) },
      ];
      for (const record of [...all, records[0]!]) encoder.append(record);
      expect(textOf(encoder.take()) === [...all, records[0]!].map(stringifyJson).join(',')).toBe(
        true,
      );
    }
  },
);

describe('refuses', () => {
  it.each<[string, unknown]>([
    ['NaN', { a: { b: [1, Number.NaN] } }],
    ['a lone surrogate', { a: '\ud800' }],
    ['a lone surrogate in a name', { '\ud800': 1 }],
    ['a lone surrogate in the name of a metric', { '\ud800': { value: 1, unit: 'x' } }],
    ['a lone surrogate in a unit', { a: { value: 1, unit: '\udc00' } }],
    ['a metric below zero', { a: { value: -1, unit: 'x' } }],
    ['a metric beyond 2^64 - 1', { a: { value: 2n ** 64n, unit: 'x' } }],
    ['a number beyond 2^53 - 1 as a metric', { a: { value: 2 ** 53, unit: 'x' } }],
    ['a date', { a: new Date(0) }],
    ['a list', []],
  ])('%s, and holds nothing of it', (_, record) => {
    const encoder = new TokenEncoder('list begins');
    encoder.append({ a: 1 });
    expect(() => encoder.append(record)).toThrow(UnencodableError);
    encoder.append({ c: 3 });
    expect(textOf(encoder.take())).toBe('{"a":1},{"c":3}');
  });

  it.each<[string, MeteringRecord]>([
    ['a record of too much text', { a: 'x'.repeat(70_000) }],
    ['a record of too many values', { a: Array.from({ length: 5000 }, (_, index) => index) }],
    [
      'ever new names',
      Object.fromEntries(Array.from({ length: 900 }, (_, name) => [`n${name}`, 1])),
    ],
  ])('%s, so that another encoder writes it', (name, record) => {
    const encoder = new TokenEncoder('list begins');
    encoder.append({ a: 1 });
    expect(() => {
      for (let time = 0; time < 20; time++) {
        const names = Object.keys(record).map((key) => [`${key}-${time}`, record[key]!]);
        encoder.append(name === 'ever new names' ? Object.fromEntries(names) : record);
      }
    }).toThrow(UnsuitedError);
    expect(textOf(encoder.take()).startsWith('{"a":1}')).toBe(true);
  });
});

it('is full at about a megabyte of JSON', () => {
  const random = new Random(8);
  const encoder = new TokenEncoder('list begins');
  let jsonBytes = 0;
  while (!encoder.isFull) jsonBytes += encoder.append(randomRecord(random, 'conventional')) + 1;
  const slab = encoder.take();
  expect(slab.jsonBytes).toBe(jsonBytes - 1);
  expect(Buffer.byteLength(textOf(slab))).toBe(slab.jsonBytes);
  expect(slab.jsonBytes / 1_048_576).toBeCloseTo(1, 2);
  expect(encoder.isFull).toBe(false);
});
