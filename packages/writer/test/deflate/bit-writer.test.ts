import { expect, it } from 'vitest';
import { BitWriter } from '../../src/lib/deflate/bit-writer.ts';
import { Random } from '../support/random-records.ts';

/** What the bits are, the lowest of each byte first. */
function textOf(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => [...byte.toString(2).padStart(8, '0')].reverse().join(''))
    .join('');
}

it('writes bits of any count behind each other, the lowest first', () => {
  const random = new Random(3);
  for (let run = 0; run < 100; run++) {
    const writer = new BitWriter();
    let expected = '';
    for (let index = 0; index < 200; index++) {
      const count = random.below(25);
      const bits = count === 0 ? 0 : Math.floor(random.fraction() * 2 ** count);
      writer.reserve(count);
      writer.write(bits | 0, count);
      if (count > 0) expected += [...bits.toString(2).padStart(count, '0')].reverse().join('');
    }
    writer.reserve(7);
    writer.align();
    expected = expected.padEnd(Math.ceil(expected.length / 8) * 8, '0');
    expect(textOf(writer.take())).toBe(expected);
  }
});

it('begins anew after what was taken', () => {
  const writer = new BitWriter();
  writer.write(0x41, 8);
  expect([...writer.take()]).toEqual([0x41]);
  writer.write(0x4342, 16);
  expect([...writer.take()]).toEqual([0x42, 0x43]);
  expect([...writer.take()]).toEqual([]);
});

it('keeps what was written when it grows', () => {
  const writer = new BitWriter();
  for (let index = 0; index < 100_000; index++) {
    writer.reserve(24);
    writer.write(index, 24);
  }
  const bytes = writer.take();
  expect(bytes).toHaveLength(300_000);
  expect(Buffer.from(bytes).readUIntLE(299_997, 3)).toBe(99_999);
});

// A typed array says nothing when it is written beyond its end: a page was once valid gzip up to there.
it('throws when it is written beyond what was reserved', () => {
  const writer = new BitWriter();
  expect(() => {
    for (let index = 0; index < 1_000_000; index++) writer.write(0, 24);
  }).toThrow(RangeError);
});

it('gives no byte that is not whole', () => {
  const writer = new BitWriter();
  writer.write(1, 3);
  expect(() => writer.take()).toThrow(RangeError);
});
