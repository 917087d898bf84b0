import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { constants, createGzip, gzipSync, type ZlibOptions } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackMember } from '../../src/lib/gzip/unpack-member.ts';
import { pageText, zlibContent } from './support/gzip-files.ts';

/** More runs by hand: `FUZZ_FACTOR=100 npx vitest run …` */
const FACTOR = Number(process.env.FUZZ_FACTOR ?? 1);
const TIMEOUT_MS = 60_000 * FACTOR;

const MAX = 1_000_000;
const LARGEST_FILE_BYTES = 768;

const pages = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.nat(100_000))
  .map(([records, seed]) => Buffer.from(pageText(records, seed)));
const anyBytes = fc.uint8Array({ maxLength: 800 }).map((bytes) => Buffer.from(bytes));
const oneByte = fc
  .tuple(fc.nat(255), fc.oneof(fc.nat(300), fc.nat(33_000)))
  .map(([byte, length]) => Buffer.alloc(length, byte));
/** A piece again and again, with a change now and then. */
const repeats = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(80), fc.nat(7))
  .map(([piece, times, changes]) => {
    const bytes = Buffer.concat(new Array<Uint8Array>(times).fill(piece));
    for (let change = 1; change <= changes; change++) bytes[(change * 7919) % 1009] = change;
    return bytes;
  });
/** Bytes some of which are far more frequent than others, so that their codes differ in length. */
const skewed = fc
  .array(fc.tuple(fc.nat(14), fc.nat(1)), { maxLength: 3000 })
  .map((items) => Buffer.from(items.map(([bits, low]) => 31 - Math.clz32((1 << bits) - low + 1))));
const texts = fc.oneof(pages, anyBytes, oneByte, repeats, skewed, fc.json().map(Buffer.from));

const options: fc.Arbitrary<ZlibOptions> = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ),
});
const flushes = fc.constantFrom(
  constants.Z_PARTIAL_FLUSH,
  constants.Z_SYNC_FLUSH,
  constants.Z_FULL_FLUSH,
  constants.Z_BLOCK,
);

/** One member of a block or more for each piece. */
async function gzipPieces(
  pieces: readonly Uint8Array[],
  flush: number,
  settings: ZlibOptions,
): Promise<Buffer> {
  const gzip = createGzip(settings);
  const file = buffer(gzip);
  for (const piece of pieces) {
    gzip.write(piece);
    await new Promise<void>((resolve) => gzip.flush(flush, resolve));
  }
  gzip.end();
  await once(gzip, 'end');
  return file;
}

/** Holds a file of zlib's to its content. @returns whether it was read here. */
function checkFile(file: Buffer, content: Buffer): boolean {
  const read = unpackMember(file, MAX);
  if (read === undefined) return false;
  expect(read.length).toBe(content.length);
  expect(content.equals(read)).toBe(true);
  return true;
}

describe('a file that zlib made', () => {
  it(
    'has the content that it was made of, or is left to zlib',
    () => {
      let wasRead = 0;
      const property = fc.property(texts, options, (content, settings) => {
        if (checkFile(gzipSync(content, settings), content)) wasRead += 1;
      });
      fc.assert(property, { numRuns: 2000 * FACTOR });
      expect(wasRead).toBeGreaterThan(1000 * FACTOR);
    },
    TIMEOUT_MS,
  );

  it(
    'may be of many blocks',
    async () => {
      let wasRead = 0;
      const pieces = fc.array(texts, { minLength: 1, maxLength: 5 });
      const property = fc.asyncProperty(pieces, flushes, options, async (list, flush, settings) => {
        const file = await gzipPieces(list, flush, settings);
        if (checkFile(file, Buffer.concat(list))) wasRead += 1;
      });
      await fc.assert(property, { numRuns: 500 * FACTOR });
      expect(wasRead).toBeGreaterThan(50 * FACTOR);
    },
    TIMEOUT_MS,
  );

  it.each([0, 1, 2, 5, 10])('is read if it is a page of %i records', (records) => {
    for (let seed = 0; seed < 50; seed++) {
      const content = Buffer.from(pageText(records, seed));
      const file = gzipSync(content);
      expect(file.length).toBeLessThan(LARGEST_FILE_BYTES);
      expect(checkFile(file, content)).toBe(true);
    }
  });

  it('is left to zlib if it is larger than pays', () => {
    const text = Buffer.from(pageText(30));
    const found = new Set<number>();
    for (let length = 0; length < text.length; length++) {
      const content = text.subarray(0, length);
      const file = gzipSync(content, { strategy: constants.Z_HUFFMAN_ONLY });
      expect(checkFile(file, content)).toBe(file.length <= LARGEST_FILE_BYTES);
      found.add(file.length);
    }
    expect(found).toContain(LARGEST_FILE_BYTES);
    expect(found).toContain(LARGEST_FILE_BYTES + 1);
  });
});

describe('a damaged file', () => {
  const contents = [pageText(1), pageText(6), pageText(0), '{"data":[{"a":1}]}', ''];
  const files = contents.map((content) => gzipSync(content));

  it.each(files.map((file, index) => [contents[index]?.slice(0, 30), file] as const))(
    'of %j, with any bit of it flipped, has the same content or is left to zlib',
    (_what, file) => {
      const content = zlibContent(file) as Buffer;
      let unharmed = 0;
      for (let bit = 0; bit < file.length * 8; bit++) {
        const damaged = Buffer.from(file);
        damaged[bit >>> 3]! ^= 1 << (bit & 7);
        const isOfNoMatter = bit >= 4 * 8 && bit < 10 * 8;
        const isRead = checkFile(damaged, content);
        if (isOfNoMatter) expect(isRead).toBe(true);
        else if (isRead) unharmed += 1;
        if (isRead) expect(zlibContent(damaged)?.equals(content)).toBe(true);
      }
      // The bits that fill up the last byte of the blocks.
      expect(unharmed).toBeLessThan(8);
    },
  );

  it('that ends early or goes on is left to zlib', () => {
    for (const file of files) {
      expect(unpackMember(file, MAX)).toBeDefined();
      for (let length = 0; length < file.length; length++) {
        expect(unpackMember(file.subarray(0, length), MAX)).toBeUndefined();
      }
      for (const more of [Buffer.alloc(1), Buffer.alloc(8), Buffer.from('xyz'), file]) {
        expect(unpackMember(Buffer.concat([file, more]), MAX)).toBeUndefined();
      }
    }
  });

  it('of any bytes behind a header is what zlib finds in it, or left to zlib', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const file = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), bytes]);
      const read = unpackMember(file, MAX);
      if (read !== undefined) expect(zlibContent(file)?.equals(read)).toBe(true);
    });
    fc.assert(property, { numRuns: 3000 * FACTOR });
  });
});

describe('what is read', () => {
  it('does not change when another file is read, nor with the file', () => {
    const [first, second] = [pageText(1, 1), pageText(2, 2)];
    const file = gzipSync(first);
    const read = unpackMember(file, MAX);
    file.fill(0);
    expect(unpackMember(gzipSync(second), MAX)).toEqual(Buffer.from(second));
    expect(read).toEqual(Buffer.from(first));
  });

  it('is the same for a part of a larger buffer', () => {
    const file = gzipSync(pageText(1));
    const around = Buffer.concat([Buffer.alloc(3, 0xff), file, Buffer.alloc(9, 0xff)]);
    const part = new Uint8Array(around.buffer, around.byteOffset + 3, file.length);
    expect(unpackMember(part, MAX)).toEqual(Buffer.from(pageText(1)));
  });
});
