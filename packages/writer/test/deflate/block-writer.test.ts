import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BitWriter } from '../../src/lib/deflate/bit-writer.ts';
import { writeBlock, writeByteBoundary } from '../../src/lib/deflate/block-writer.ts';
import { groupCount, prepareGroups, putInteger } from '../../src/lib/deflate/digit-groups.ts';
import { TokenBuffer } from '../../src/lib/deflate/token-buffer.ts';
import { Random } from '../support/random-records.ts';

/** An empty last block. */
const END = Buffer.from([3, 0]);

prepareGroups();

/** Tokens, and the text that they stand for. */
class Sample {
  readonly tokens = new TokenBuffer();
  readonly bytes: number[] = [];

  literal(byte: number): void {
    this.tokens.literal(byte);
    this.bytes.push(byte);
  }

  match(length: number, distance: number): void {
    this.tokens.match(length, distance);
    for (let at = 0; at < length; at++) this.bytes.push(this.bytes[this.bytes.length - distance]!);
  }

  integer(value: number): void {
    const groups = new Uint16Array(8);
    const count = groupCount(putInteger(value, groups, 0, new Int32Array(1), 0));
    for (const group of groups.subarray(0, count)) this.tokens.literal(group);
    this.bytes.push(...Buffer.from(String(value)));
  }
}

function inflated(writeBlocks: (bits: BitWriter) => void): Buffer {
  const bits = new BitWriter();
  writeBlocks(bits);
  writeByteBoundary(bits);
  return inflateRawSync(Buffer.concat([bits.take(), END]));
}

function expectRoundTrip(sample: Sample): void {
  const text = inflated((bits) => writeBlock(bits, sample.tokens));
  expect(text.equals(Buffer.from(sample.bytes))).toBe(true);
}

describe('a block', () => {
  it('gives back every literal', () => {
    const sample = new Sample();
    for (let byte = 0; byte < 256; byte++) sample.literal(byte);
    expectRoundTrip(sample);
  });

  it('gives back matches of every length', () => {
    const sample = new Sample();
    for (const byte of Buffer.from('some text')) sample.literal(byte);
    for (let length = 3; length <= 258; length++) sample.match(length, 1 + (length % 9));
    expectRoundTrip(sample);
  });

  it('gives back matches from every distance at which a code begins or ends', () => {
    const sample = new Sample();
    const random = new Random(5);
    for (let at = 0; at < 33_000; at++) sample.literal(random.below(256));
    for (let power = 0; power <= 15; power++) {
      for (const distance of [2 ** power, 2 ** power + 1, 1.5 * 2 ** power, 1.5 * 2 ** power + 1]) {
        if (Number.isInteger(distance) && distance <= 32_768) sample.match(5, distance);
      }
    }
    expectRoundTrip(sample);
  });

  // A code of fifteen bits and thirteen extra bits behind it are more than a word holds.
  it('gives back distances that are so rare that their codes are as long as can be', () => {
    const sample = new Sample();
    const random = new Random(6);
    for (let at = 0; at < 33_000; at++) sample.literal(random.below(256));
    let [count, next] = [3, 3];
    for (let symbol = 29; symbol > 13; symbol--) {
      const first = 1 + ((2 + (symbol & 1)) << ((symbol >> 1) - 1));
      for (let time = 0; time < count; time++) sample.match(3 + (time % 9), first);
      [count, next] = [next, count + next];
    }
    expectRoundTrip(sample);
  });

  it('gives back digits that come by threes', () => {
    const sample = new Sample();
    for (let value = 0; value < 9000; value++) sample.integer(value * 7_919_017);
    expectRoundTrip(sample);
  });

  // Three codes of fifteen bits are more than a word holds.
  it('gives back digits that are so rare that their codes are as long as can be', () => {
    const sample = new Sample();
    sample.integer(123);
    sample.integer(45_678);
    sample.integer(90);
    for (let byte = 0x61, count = 1; byte < 0x70; byte++, count *= 2) {
      for (let time = 0; time < count; time++) sample.literal(byte);
    }
    expectRoundTrip(sample);
  });

  it('may be one of many, or empty', () => {
    const text = inflated((bits) => {
      const tokens = new TokenBuffer();
      tokens.literals(Buffer.from('abc'), 0, 3);
      writeBlock(bits, tokens);
      writeBlock(bits, tokens);
      writeByteBoundary(bits);
      tokens.match(258, 3);
      writeBlock(bits, tokens);
    });
    expect(text.toString()).toBe('abc'.repeat(87));
  });

  it('gives back any tokens, as many as there is room for', () => {
    const random = new Random(6);
    for (let run = 0; run < 30; run++) {
      const sample = new Sample();
      const literals = 1 + random.below(256);
      while (!sample.tokens.isFull && !random.chance(0.0002)) {
        const kind = random.below(3);
        if (kind === 0 || sample.bytes.length === 0) sample.literal(random.below(literals));
        else if (kind === 1) sample.integer(Math.floor(random.fraction() * 2 ** random.below(54)));
        else
          sample.match(
            3 + random.below(20),
            1 + random.below(Math.min(sample.bytes.length, 32_768)),
          );
      }
      expectRoundTrip(sample);
    }
  });
});

describe('a token buffer', () => {
  it.each([
    [2, 1],
    [259, 1],
    [3, 0],
    [3, 32_769],
    [3, -1],
  ])('refuses a match of %i bytes at a distance of %i', (length, distance) => {
    expect(() => new TokenBuffer().match(length, distance)).toThrow(RangeError);
  });

  // A typed array says nothing when it is written beyond its end: tokens were once lost that way.
  it('throws when more was written than there is room for', () => {
    const tokens = new TokenBuffer();
    const bytes = Buffer.alloc(4096);
    for (let time = 0; time < 40; time++) tokens.literals(bytes, 0, bytes.length);
    expect(() => tokens.take()).toThrow(RangeError);
  });
});
