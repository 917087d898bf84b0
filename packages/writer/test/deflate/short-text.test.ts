import { gunzipSync, gzipSync } from 'node:zlib';
import { stringifyJson } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { deflateShortText, MAX_SHORT_TEXT_BYTES } from '../../src/lib/deflate/short-text.ts';
import { gzipAtOnce } from '../../src/lib/gzip/gzip-at-once.ts';
import { Random, RECORD_KINDS, randomRecord } from '../support/random-records.ts';

/** In every run 10,000; `FUZZ_PAGES` asks for more, `FUZZ_SEED` for others. */
const TEXTS = Number(process.env.FUZZ_PAGES ?? 10_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

const AUTO = { level: 6, compression: 'auto' } as const;
const BY_ZLIB = { level: 6, compression: 'zlib' } as const;

/** The page of a random record, or bytes of few or many kinds, with and without repeats. */
function randomText(random: Random): Buffer {
  const length = random.below(MAX_SHORT_TEXT_BYTES + 1);
  const kind = random.below(4);
  if (kind === 0) return Buffer.from(pageOf(random)).subarray(0, MAX_SHORT_TEXT_BYTES);
  const alphabet = 1 + random.below(256);
  const bytes = Buffer.from(random.list(length, () => random.below(alphabet)));
  if (kind === 1) return bytes;
  const period = 1 + random.below(kind === 2 ? 8 : 300);
  for (let at = period; at < length; at++) {
    if (random.chance(0.95)) bytes[at] = bytes[at - period]!;
  }
  return bytes;
}

function pageOf(random: Random): string {
  const record = stringifyJson(randomRecord(random, random.pick(RECORD_KINDS)));
  return `{"timestamp":${60 * random.below(3e7)},"category":"tidb-server","self_id":"tidb0","data":[${record}]}`;
}

it(`compresses ${TEXTS} short texts that zlib gives back byte for byte`, () => {
  const random = new Random(SEED);
  for (let index = 0; index < TEXTS; index++) {
    const text = randomText(random);
    const back = gunzipSync(gzipAtOnce(text, AUTO));
    if (!back.equals(text)) throw new Error(`text ${index} of ${text.length} bytes is another`);
  }
}, 600_000);

it.each([0, 1, 2, 3, 4, 5, 6, 257, 258, 259, 262, MAX_SHORT_TEXT_BYTES])(
  'gives back %d bytes, all alike and all different',
  (length) => {
    const alike = Buffer.alloc(length, 'a');
    const different = Buffer.from(Array.from({ length }, (_, at) => (at * 7) & 255));
    for (const text of [alike, different]) {
      expect(gunzipSync(gzipAtOnce(text, AUTO)).equals(text)).toBe(true);
    }
  },
);

it('gives back a match that ends the text, and one that ends less than four bytes before', () => {
  for (const end of ['', 'x', 'xy', 'xyz', 'wxyz']) {
    const text = Buffer.from(`some text, some text${end}`);
    expect(gunzipSync(gzipAtOnce(text, AUTO)).equals(text)).toBe(true);
  }
});

it('makes pages of one record as small as zlib does, within a hundredth', () => {
  const random = new Random(7);
  const sizes = { ours: 0, zlib: 0 };
  for (let pages = 0; pages < 500; ) {
    const text = Buffer.from(pageOf(random));
    if (text.length > MAX_SHORT_TEXT_BYTES) continue;
    pages += 1;
    sizes.ours += gzipAtOnce(text, AUTO).length;
    sizes.zlib += gzipSync(text).length;
  }
  expect(sizes.ours / sizes.zlib).toBeLessThan(1.01);
});

it('makes the same of the same text, whatever was compressed before', () => {
  const random = new Random(9);
  const texts = random.list(200, () => randomText(random));
  const first = texts.map((text) => gzipAtOnce(text, AUTO));
  const copies = first.map((member) => Buffer.from(member));
  for (const index of texts.keys()) {
    const again = texts.length - 1 - index;
    expect(gzipAtOnce(texts[again]!, AUTO)).toEqual(first[again]);
  }
  // Nor is what was given before changed by what comes later.
  expect(first).toEqual(copies);
});

describe('a text', () => {
  it('that is longer is refused, and left to zlib by the caller', () => {
    const text = Buffer.alloc(MAX_SHORT_TEXT_BYTES + 1, 'a');
    expect(() => deflateShortText(text, 0, 0)).toThrow(RangeError);
    expect(gzipAtOnce(text, AUTO)).toEqual(gzipAtOnce(text, BY_ZLIB));
  });

  it('is zlib’s where all pages are to be', () => {
    const text = Buffer.from('{"data":[]}');
    const byZlib = gzipSync(text);
    byZlib[9] = 0xff;
    expect(gzipAtOnce(text, BY_ZLIB)).toEqual(byZlib);
  });
});
