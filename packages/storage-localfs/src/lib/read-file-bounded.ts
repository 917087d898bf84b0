import { constants, type FileHandle, open } from 'node:fs/promises';
import { CHUNK_BYTES } from './chunk-bytes.ts';
import { LocalFsFault } from './local-fs-fault.ts';

/** Neither follows a link nor waits for the other end of a pipe (Windows knows neither flag). */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a file of at most `maxBytes`.
 *
 * @throws LocalFsFault TOO_LARGE, before anything is read; NOT_FOUND for what is no file.
 */
export async function readFileBounded(
  path: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const handle = await open(path, OPEN_FLAGS);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new LocalFsFault('NOT_FOUND', `${path} is no file`);
    if (stats.size > maxBytes) throw tooLarge(stats.size, `${maxBytes}`);
    return await readBytes(handle, stats.size, signal);
  } finally {
    await handle.close();
  }
}

async function readBytes(
  handle: FileHandle,
  size: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const body = allocate(size);
  let offset = 0;
  while (offset < size) {
    signal?.throwIfAborted();
    const length = Math.min(CHUNK_BYTES, size - offset);
    const { bytesRead } = await handle.read(body, offset, length);
    if (bytesRead === 0) break;
    offset += bytesRead;
  }
  return body.subarray(0, offset);
}

function allocate(size: number): Uint8Array {
  try {
    return new Uint8Array(Buffer.allocUnsafeSlow(size).buffer);
  } catch (error) {
    throw tooLarge(size, 'this process can hold', error);
  }
}

function tooLarge(size: number, limit: string, cause?: unknown): LocalFsFault {
  return new LocalFsFault('TOO_LARGE', `the file has ${size} bytes, more than ${limit}`, cause);
}
