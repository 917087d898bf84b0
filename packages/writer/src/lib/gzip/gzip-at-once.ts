import { gzipSync } from 'node:zlib';

/** One member, deflate, no name, no time (so that equal data makes equal bytes), system unknown. */
export const GZIP_HEADER: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

/** Output that is no longer than this beyond half of what goes in need not be put together of pieces. */
const OUTPUT_TO_SPARE = 512;
/** deflate does not refer back across the whole of its window, but so much less. */
const WINDOW_TO_SPARE = 262;
/** With windows of less zlib is not faster, and it cannot do with less than 9. */
const LEAST_WINDOW_BITS = 10;
const MOST_WINDOW_BITS = 15;

/** One whole gzip member (RFC 1952) of a little data, made without another thread. */
export function gzipAtOnce(bytes: Uint8Array, level: number): Uint8Array {
  const chunkSize = Math.ceil(bytes.length / 2) + OUTPUT_TO_SPARE;
  const member = gzipSync(bytes, { level, chunkSize, windowBits: windowBits(bytes.length) });
  // zlib names the system that it was built for.
  member.set(GZIP_HEADER);
  return member;
}

/**
 * The smallest window in which every match is found that is found in the largest: zlib clears it first, which for
 * a small page takes as long as all the rest.
 */
function windowBits(byteCount: number): number {
  const bits = 32 - Math.clz32(byteCount + WINDOW_TO_SPARE);
  return Math.min(Math.max(bits, LEAST_WINDOW_BITS), MOST_WINDOW_BITS);
}
