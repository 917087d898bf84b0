import { crc32 } from 'node:zlib';
import { Inflater } from './inflater.ts';

/** ID1, ID2, the method (deflate) and no flags (RFC 1952, section 2.3). */
const START = 0x1f8b0800;
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

/**
 * Up to so large a file, this is faster than zlib, for which a stream and its memory are made each time. What it takes
 * are the symbols, not the content. See docs/decisions/0016-small-files-are-inflated-here.md.
 */
const LARGEST_FILE_BYTES = 768;
/** `Inflater` can fill twice that, but what is not a small file any more is not asked for here. */
const LARGEST_CONTENT_BYTES = 32 * 1024;

/**
 * The content of a gzip file (RFC 1952) of one small member, in memory of its own. Undefined unless everything is
 * proven: that blocks which are understood follow a header without options, fill the declared size, end right before
 * the trailer, and have its checksum. What is wrong with any other file, if anything, is zlib's to say.
 *
 * @param maxBytes more content is left to zlib, too.
 */
export function unpackMember(file: Uint8Array, maxBytes: number): Buffer | undefined {
  if (file.byteLength > LARGEST_FILE_BYTES) return undefined;
  try {
    return unpack(new DataView(file.buffer, file.byteOffset, file.byteLength), maxBytes);
  } catch (error) {
    // A `DataView` throws it beyond the end of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function unpack(file: DataView, maxBytes: number): Buffer | undefined {
  const trailer = file.byteLength - TRAILER_BYTES;
  const size = file.getUint32(trailer + 4, true);
  const most = Math.min(maxBytes, LARGEST_CONTENT_BYTES);
  if (file.getUint32(0) !== START || size > most) return undefined;
  const content = Buffer.allocUnsafe(size);
  const end = new Inflater(file, HEADER_BYTES * 8, content).inflate();
  if (end !== trailer || crc32(content) !== file.getUint32(trailer, true)) return undefined;
  return content;
}
