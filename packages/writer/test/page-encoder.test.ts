import type { MeteringRecord } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { EncoderMemory } from '../src/lib/json/byte-sink.ts';
import { PageEncoder, type Slab } from '../src/lib/pages/page-encoder.ts';
import { Random, randomRecord } from './support/random-records.ts';

const MIB = 1_048_576;

/** What each slab of many records is made of, and how much JSON. */
interface Way {
  readonly as: 'bytes' | 'tokens';
  readonly jsonBytes: number;
}

/** Encodes so much JSON, as one page or in pages. */
function ways(
  record: (index: number) => MeteringRecord,
  jsonBytes: number,
  { compression = 'auto', pageBytes = Number.POSITIVE_INFINITY, pageSizeBytes = 0 } = {},
): Way[] {
  const encoder = new PageEncoder(new EncoderMemory(), compression as 'auto', pageSizeBytes);
  const slabs: Slab[] = [];
  let inPage = 0;
  for (let total = 0, index = 0; total < jsonBytes; index++) {
    const bytes = encoder.append(record(index));
    total += bytes;
    inPage += bytes;
    if (inPage > pageBytes) {
      slabs.push(...encoder.takeAllButLast());
      inPage = bytes;
    }
    if (encoder.isFull) slabs.push(...encoder.take());
  }
  slabs.push(...encoder.take());
  return slabs.map((slab) =>
    Buffer.isBuffer(slab)
      ? { as: 'bytes', jsonBytes: slab.length }
      : { as: 'tokens', jsonBytes: slab.jsonBytes },
  );
}

function alike(index: number): MeteringRecord {
  return { id: `lc-${index}`, compute_seconds: { value: index * 7919, unit: 'seconds' } };
}

function shareOfBytes(slabs: readonly Way[]): number {
  const sum = (list: readonly Way[]) => list.reduce((bytes, slab) => bytes + slab.jsonBytes, 0);
  return sum(slabs.filter((slab) => slab.as === 'bytes')) / sum(slabs);
}

describe('records that are alike', () => {
  it('are bytes up to 32 KB, where zlib is best, and tokens from there on', () => {
    const slabs = ways(alike, 4 * MIB);
    expect(slabs.map((slab) => slab.as)).toEqual(['bytes', ...slabs.slice(1).map(() => 'tokens')]);
    expect(slabs[0]!.jsonBytes).toBeGreaterThanOrEqual(32_768);
    expect(slabs[0]!.jsonBytes).toBeLessThan(34_000);
    expect(slabs[1]!.jsonBytes / 131_072).toBeCloseTo(1, 1);
    expect(slabs[2]!.jsonBytes / MIB).toBeCloseTo(1, 1);
  });

  it('are tokens on every later page of a set', () => {
    const slabs = ways(alike, 2 * MIB, { pageBytes: 100_000 });
    expect(slabs.slice(1).every((slab) => slab.as === 'tokens')).toBe(true);
    expect(slabs.length).toBeGreaterThan(20);
  });

  it('are bytes alone where pages are small', () => {
    const slabs = ways(alike, MIB, { pageBytes: 60_000, pageSizeBytes: 60_000 });
    expect(shareOfBytes(slabs)).toBe(1);
  });

  it('are bytes alone when tokens are turned off', () => {
    expect(shareOfBytes(ways(alike, 2 * MIB, { compression: 'zlib' }))).toBe(1);
  });
});

describe('records that have little in common', () => {
  it('are bytes after one slab, and tried again after 31 MiB', () => {
    const random = new Random(1);
    const names = random.list(
      3000,
      () => `${random.fraction().toString(36).repeat(3).slice(2, 40)}`,
    );
    const record = () => ({ [random.pick(names)]: 1, [random.pick(names)]: true });
    const slabs = ways(record, 34 * MIB);
    const order = slabs.map((slab) => slab.as);
    const tries = order.flatMap((as, index) => (as === 'tokens' ? [index] : []));
    expect(tries).toEqual([1, 34]);
    expect(shareOfBytes(slabs)).toBeGreaterThan(0.98);
  });

  it('are bytes on whole pages, too', () => {
    const random = new Random(2);
    const names = random.list(
      3000,
      () => `${random.fraction().toString(36).repeat(3).slice(2, 40)}`,
    );
    const record = () => ({ [random.pick(names)]: 1, [random.pick(names)]: true });
    const slabs = ways(record, 5 * MIB, { pageBytes: 500_000 });
    expect(shareOfBytes(slabs)).toBeGreaterThan(0.95);
  });
});

it('gives a record that is too large for tokens to zlib, and goes back to tokens', () => {
  const large = { note: 'x'.repeat(100_000) };
  const slabs = ways((index) => (index === 5000 ? large : alike(index)), 6 * MIB);
  const order = slabs.map((slab) => slab.as);
  const changes = order.filter((as, index) => as !== order[index - 1]);
  expect(changes).toEqual(['bytes', 'tokens', 'bytes', 'tokens']);
});

it('chooses by the records alone: equal data makes equal slabs', () => {
  const encode = () => {
    const random = new Random(3);
    return ways(
      (index) => randomRecord(random, index % 20_000 < 9000 ? 'mixed' : 'recurring'),
      5 * MIB,
    );
  };
  expect(encode()).toEqual(encode());
});
