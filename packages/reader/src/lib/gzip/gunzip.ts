import { promisify } from 'node:util';
import { gunzip as gunzipCallback, gunzipSync, type ZlibOptions } from 'node:zlib';
import { FormatError } from '@metering/core';
import { abortable } from '@metering/core/building-blocks';
import { unpackMember } from './unpack-member.ts';

/** Below this, the way to the thread pool and back takes longer than the work. */
const SMALL_BYTES = 32 * 1024;
/** Output buffers are not smaller than this, whatever the file says about its size. */
const SMALLEST_CHUNK_BYTES = 256 * 1024;
const SMALLEST_SYNC_CHUNK_BYTES = 1024;
/** Deflate cannot make more of one byte. */
const MAX_EXPANSION = 1032;

export interface GunzipOptions {
  /** Where the file is stored, for errors. */
  readonly key: string;
  /** More than this much content is refused. */
  readonly maxBytes: number;
  /** The option that `maxBytes` is of, for errors. Default: it is none's. */
  readonly limitedBy?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What zlib gives with `info: true`. */
interface Unzipped {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

type GunzipWithInfo = (file: Uint8Array, options: ZlibOptions) => Promise<Unzipped>;
const gunzipOnPool = promisify(gunzipCallback) as unknown as GunzipWithInfo;

/**
 * The content of a gzip file of one or more members, every byte of the file accounted for. Large
 * files are unpacked on the thread pool.
 *
 * @throws FormatError `CORRUPT_GZIP`, or `LIMIT_EXCEEDED` beyond `maxBytes`.
 */
export async function gunzip(file: Uint8Array, options: GunzipOptions): Promise<Uint8Array> {
  const content = gunzipAtOnce(file, options);
  if (content !== undefined) return content;
  const { maxBytes, signal } = options;
  try {
    return checkEnd(await abortable(gunzipLarge(file, maxBytes), signal), file, options);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw explain(error, options);
  }
}

/**
 * The content of a small file, without a turn of the event loop; undefined for one that is large.
 *
 * @throws FormatError as `gunzip`.
 */
export function gunzipAtOnce(file: Uint8Array, options: GunzipOptions): Uint8Array | undefined {
  if (file[0] !== 0x1f || file[1] !== 0x8b) throw corrupt(options.key, describeStart(file));
  const content = unpackMember(file, options.maxBytes);
  if (content !== undefined) return content;
  try {
    const unzipped = gunzipSmall(file, options.maxBytes);
    return unzipped && checkEnd(unzipped, file, options);
  } catch (error) {
    throw explain(error, options);
  }
}

function checkEnd(
  { buffer, engine }: Unzipped,
  file: Uint8Array,
  { key }: GunzipOptions,
): Uint8Array {
  if (engine.bytesWritten === file.byteLength) return buffer;
  throw corrupt(key, 'is followed by other bytes');
}

/** True for a file that is best unpacked at once, if it says the truth about its size. */
export function isSmallFile(file: Uint8Array): boolean {
  return file.byteLength <= SMALL_BYTES && declaredSize(file) <= SMALL_BYTES;
}

/** Unpacks at once what is small; undefined for what is not, or turns out not to be. */
function gunzipSmall(file: Uint8Array, maxBytes: number): Unzipped | undefined {
  if (!isSmallFile(file)) return undefined;
  const maxOutputLength = Math.min(SMALL_BYTES, maxBytes);
  const chunkSize = Math.max(declaredSize(file) + 1, SMALLEST_SYNC_CHUNK_BYTES);
  try {
    return gunzipSync(file, { info: true, maxOutputLength, chunkSize }) as unknown as Unzipped;
  } catch (error) {
    if (isTooLarge(error) && maxOutputLength < maxBytes) return undefined;
    throw error;
  }
}

function gunzipLarge(file: Uint8Array, maxBytes: number): Promise<Unzipped> {
  const possible = Math.min(maxBytes, declaredSize(file), file.byteLength * MAX_EXPANSION);
  // One byte to spare, or zlib makes a second buffer to find out that there is no more.
  const chunkSize = Math.max(possible + 1, SMALLEST_CHUNK_BYTES);
  return gunzipOnPool(file, { info: true, maxOutputLength: maxBytes, chunkSize });
}

/** What the last member claims to hold, modulo 2^32. Anybody can write anything there. */
function declaredSize(file: Uint8Array): number {
  const end = file.byteLength;
  if (end < 4) return 0;
  const size = file[end - 4]! | (file[end - 3]! << 8) | (file[end - 2]! << 16);
  return (size | (file[end - 1]! << 24)) >>> 0;
}

/** The error for a file of too much content. `what` says so. */
export function limitExceeded(
  what: string,
  { key, maxBytes, limitedBy }: GunzipOptions,
  cause: unknown,
): FormatError {
  const advice = limitedBy === undefined ? '' : `; to read it, raise ${limitedBy}`;
  const message = `${key}: the file ${what}${advice}`;
  return new FormatError({ code: 'LIMIT_EXCEEDED', message, key, limit: maxBytes, cause });
}

function explain(error: unknown, options: GunzipOptions): unknown {
  const { key, maxBytes } = options;
  if (isTooLarge(error)) {
    const what = `holds more than the ${maxBytes} bytes that are read of one file`;
    return limitExceeded(what, options, error);
  }
  const code = codeOf(error);
  if (code === 'Z_BUF_ERROR') return corrupt(key, 'is truncated', error);
  if (code === 'Z_DATA_ERROR') return corrupt(key, 'is damaged, or followed by other bytes', error);
  return error;
}

function isTooLarge(error: unknown): boolean {
  return codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}

function describeStart(file: Uint8Array): string {
  if (file.byteLength === 0) return 'is empty';
  const start = Buffer.from(file.subarray(0, 4)).toString('hex');
  return `does not begin like gzip: its first bytes are ${start} in hexadecimal`;
}

function corrupt(key: string, what: string, cause?: unknown): FormatError {
  return new FormatError({
    code: 'CORRUPT_GZIP',
    message: `${key}: the gzip file ${what}`,
    key,
    cause,
  });
}
