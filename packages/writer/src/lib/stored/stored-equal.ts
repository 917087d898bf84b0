import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type CallOptions, FormatError, type StorageProvider } from '@metering/core';
import { MAX_JSON_BYTES } from '@metering/core/building-blocks';

/** Deflate makes what it cannot compress longer, by a few bytes in each block. */
const MAX_STORED_BYTES = MAX_JSON_BYTES + 1_048_576;
const OUTPUT_CHUNK_BYTES = 1_048_576;

const gunzipOnPool = promisify(gunzip);

/** Two files of one key that are not the same byte for byte. */
export interface StoredJson {
  readonly key: string;
  readonly stored: Buffer;
  readonly ours: Buffer;
  readonly signal: AbortSignal | undefined;
}

/** An object that is to be stored where there is none. */
export interface NewObject {
  readonly key: string;
  readonly body: Uint8Array;
  /** Whether what is stored there already says what was to be stored. */
  readonly sameJson: (json: StoredJson) => boolean | Promise<boolean>;
}

/**
 * True when what is stored says the same as what was to be stored, whatever gzip made of either.
 *
 * @throws what reading throws; FormatError when what is stored is no JSON in gzip.
 */
export async function storedEquals(
  storage: StorageProvider,
  { key, body, sameJson }: NewObject,
  options: CallOptions,
): Promise<boolean> {
  const stored = await storage.get(key, { ...options, maxBytes: MAX_STORED_BYTES });
  // Equal bytes say the same. Different bytes may, too.
  if (Buffer.compare(stored, body) === 0) return true;
  const json = await decompress(stored, key);
  const ours = await decompress(body, key);
  options.signal?.throwIfAborted();
  return json.equals(ours) || sameJson({ key, stored: json, ours, signal: options.signal });
}

async function decompress(body: Uint8Array, key: string): Promise<Buffer> {
  try {
    return await gunzipOnPool(body, {
      maxOutputLength: MAX_JSON_BYTES,
      chunkSize: OUTPUT_CHUNK_BYTES,
    });
  } catch (cause) {
    throw gzipError(key, cause);
  }
}

function gzipError(key: string, cause: unknown): FormatError {
  const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
  return new FormatError({
    code: tooLarge ? 'LIMIT_EXCEEDED' : 'CORRUPT_GZIP',
    message: tooLarge
      ? `${key}: more than ${MAX_JSON_BYTES} bytes of JSON`
      : `${key}: not whole gzip`,
    key,
    limit: tooLarge ? MAX_JSON_BYTES : undefined,
    cause,
  });
}
