import { crc32 } from 'node:zlib';
import { Inflater } from './inflater.ts';

/** Identification, the method (deflate) and no flags. */
const START = 0x1f8b0800;
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

/** Up to so much content, this is faster than zlib, which makes a stream and its memory for each file. */
export const LARGEST_BYTES = 32 * 1024;

/**
 * The content of a gzip file (RFC 1952) of one small member, in memory of its own; undefined unless everything is
 * proven: that blocks which are understood follow a header without options, fill the declared size, end right before
 * the trailer, and have its checksum. What is wrong with others, if anything, is zlib's to say.
 */
export function unpackMember(file: Uint8Array, maxBytes: number): Uint8Array | undefined {
  try {
    return unpack(new DataView(file.buffer, file.byteOffset, file.byteLength), maxBytes);
  } catch (error) {
    // A `DataView` throws it beyond the end of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function unpack(file: DataView, maxBytes: number): Uint8Array | undefined {
  const trailer = file.byteLength - TRAILER_BYTES;
  const size = file.getUint32(trailer + 4, true);
  if (file.getUint32(0) !== START || size > LARGEST_BYTES || size > maxBytes) return undefined;
  const content = Buffer.allocUnsafe(size);
  const end = new Inflater(file, HEADER_BYTES * 8, content).inflate();
  if (end !== trailer || crc32(content) !== file.getUint32(trailer, true)) return undefined;
  return content;
}
