import { gzipSync } from 'node:zlib';

/** One member, deflate, no name, no time (so that equal data makes equal bytes), system unknown. */
export const GZIP_HEADER: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

/** Output that is no longer than this beyond half of what goes in need not be put together of pieces. */
const OUTPUT_TO_SPARE = 512;

/** One whole gzip member (RFC 1952) of a little data, made without another thread. */
export function gzipAtOnce(bytes: Uint8Array, level: number): Uint8Array {
  const chunkSize = Math.ceil(bytes.length / 2) + OUTPUT_TO_SPARE;
  const member = gzipSync(bytes, { level, chunkSize });
  // zlib names the system that it was built for.
  member.set(GZIP_HEADER);
  return member;
}
