import { crc32, gzipSync } from 'node:zlib';
import { deflateShortText, MAX_SHORT_TEXT_BYTES } from '../deflate/short-text.ts';
import { GZIP_HEADER, setTrailer, TRAILER_BYTES } from './gzip-format.ts';
import type { GzipOptions } from './gzip-options.ts';

/** Output that is no longer than this beyond half of what goes in need not be put together of pieces. */
const OUTPUT_TO_SPARE = 512;
/** deflate does not refer back across the whole of its window, but so much less. */
const WINDOW_TO_SPARE = 262;
/** With windows of less zlib is not faster, and it cannot do with less than 9. */
const LEAST_WINDOW_BITS = 10;
const MOST_WINDOW_BITS = 15;

/** One whole gzip member (RFC 1952) of a little data, made without another thread. */
export function gzipAtOnce(bytes: Uint8Array, { level, compression }: GzipOptions): Uint8Array {
  const isShort = compression === 'auto' && bytes.length <= MAX_SHORT_TEXT_BYTES;
  const member = isShort ? gzipShortText(bytes) : gzipByZlib(bytes, level);
  // zlib names the system that it was built for.
  member.set(GZIP_HEADER);
  return member;
}

function gzipShortText(text: Uint8Array): Buffer {
  const member = deflateShortText(text, GZIP_HEADER.length, TRAILER_BYTES);
  setTrailer(member, crc32(text), text.length);
  return member;
}

function gzipByZlib(bytes: Uint8Array, level: number): Buffer {
  const chunkSize = Math.ceil(bytes.length / 2) + OUTPUT_TO_SPARE;
  return gzipSync(bytes, { level, chunkSize, windowBits: windowBits(bytes.length) });
}

/**
 * The smallest window in which every match is found that is found in the largest: zlib clears it first, which for
 * a small page takes as long as all the rest.
 */
function windowBits(byteCount: number): number {
  const bits = 32 - Math.clz32(byteCount + WINDOW_TO_SPARE);
  return Math.min(Math.max(bits, LEAST_WINDOW_BITS), MOST_WINDOW_BITS);
}
