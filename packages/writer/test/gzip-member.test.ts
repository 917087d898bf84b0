import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GzipMember } from '../src/lib/gzip/gzip-member.ts';
import type { Compression } from '../src/lib/gzip/gzip-options.ts';

const END = Buffer.from('}end');

/** Compresses pieces as slabs. */
async function compress(
  pieces: readonly Uint8Array[],
  {
    level = 6,
    beginnings = [Buffer.from('begin{')],
    chosen = 0,
    compression = 'auto' as Compression,
  } = {},
): Promise<Uint8Array> {
  const member = new GzipMember({ level, compression }, beginnings);
  for (const piece of pieces) await member.add(piece);
  return member.finish(chosen, END);
}

/** Checks that the bytes are exactly one member with the right trailer, and gives what is in it. */
function readSingleMember(gzip: Uint8Array): Buffer {
  const { buffer, engine } = inflateRawSync(gzip.subarray(10), {
    info: true,
  } as never) as never as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  expect(engine.bytesWritten).toBe(gzip.length - 18);
  const trailer = new DataView(gzip.buffer, gzip.byteOffset + gzip.length - 8);
  expect(trailer.getUint32(0, true)).toBe(crc32(buffer));
  expect(trailer.getUint32(4, true)).toBe(buffer.length);
  return buffer;
}

/** Bytes that compress about as records do. */
function sample(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 30 === 0 ? state >>> 16 : (index % 23) + 65;
  }
  return bytes;
}

it('makes one member, which a reader of single members reads whole', async () => {
  // A reader that stops after the first member once saw 1 MB of 50 and took it for all.
  const slabs = [1, 2, 3, 4].map((seed) => sample(300_000, seed));
  const gzip = await compress(slabs);
  const whole = Buffer.concat([Buffer.from('begin{'), ...slabs, END]);
  expect(readSingleMember(gzip).equals(whole)).toBe(true);
  expect(gunzipSync(gzip).equals(whole)).toBe(true);
});

it('gives back what it was given, however that was cut and whatever the level', async () => {
  const pieces = fc.array(
    fc
      .tuple(fc.oneof(fc.nat(300), fc.nat(80_000)), fc.nat())
      .map(([length, seed]) => sample(length, seed)),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(pieces, fc.nat(9), async (slabs, level) => {
      const gzip = await compress(slabs, { level });
      const whole = Buffer.concat([Buffer.from('begin{'), ...slabs, END]);
      expect(readSingleMember(gzip).equals(whole)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

describe.each([
  ['at once', 100],
  ['in slabs', 100_000],
])('a beginning chosen last, %s', (_, length) => {
  it.each([0, 1, 2])('is the candidate with the index %i', async (chosen) => {
    const beginnings = ['short', 'a longer one', ''].map((text) => Buffer.from(text));
    const slab = sample(length, 5);
    const gzip = await compress([slab, slab], { beginnings, chosen });
    const whole = Buffer.concat([beginnings[chosen]!, slab, slab, END]);
    expect(readSingleMember(gzip).equals(whole)).toBe(true);
  });
});

// Node's crc32 of nothing is 0, whatever the checksum was before: a file whose end was empty had a
// wrong trailer.
it('keeps the checksum when a piece is empty', async () => {
  const empty = new Uint8Array();
  const gzip = await compress([sample(100, 1), empty, sample(100, 2), empty]);
  const whole = Buffer.concat([Buffer.from('begin{'), sample(100, 1), sample(100, 2), END]);
  expect(readSingleMember(gzip).equals(whole)).toBe(true);
});

it('makes equal bytes of equal data: no time, no name, no system', async () => {
  const gzip = await compress([sample(100_000, 1), sample(100_000, 2)]);
  expect(await compress([sample(100_000, 1), sample(100_000, 2)])).toEqual(gzip);
  expect([...gzip.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
});

it('refers back across slabs, so that cutting costs next to nothing', async () => {
  const slab = sample(40_000, 1);
  const once = await compress([slab, new Uint8Array()]);
  const twice = await compress([slab.subarray(0, 20_000), slab.subarray(20_000), new Uint8Array()]);
  expect(twice.length).toBeLessThan(once.length * 1.02);
});

// The end of a slab is what the next one refers back to. It was once looked at when that one came,
// with the slab's memory in use again: the page was valid gzip up to its checksum.
it('says when the memory of a slab may be used again, and never reads it after that', async () => {
  const member = new GzipMember({ level: 6, compression: 'auto' }, [new Uint8Array()]);
  const [first, second] = [sample(100_000, 1), sample(100_000, 2)];
  const whole = Buffer.concat([first, second]);
  await new Promise<void>((resolve) => void member.add(first, resolve));
  first.set(second);
  await member.add(second);
  expect(gunzipSync(await member.finish(0, new Uint8Array())).equals(whole)).toBe(true);
});

// A second block that failed while the first was waited for ended the process: no one had handled it.
it('rejects once when no block can be made, and leaves no rejection behind', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    const slabs = [1, 2, 3].map((seed) => sample(100_000, seed));
    await expect(compress(slabs, { level: 99 })).rejects.toThrow(RangeError);
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
});

it('compresses beside other work: the event loop turns meanwhile', async () => {
  let turns = 0;
  let done = false;
  const count = () => {
    turns += 1;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await compress(Array.from({ length: 4 }, (_, seed) => sample(1_000_000, seed)));
  done = true;
  expect(turns).toBeGreaterThan(10);
});
