import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { CHUNK_BYTES } from './chunk-bytes.ts';
import { LocalFsFault } from './local-fs-fault.ts';
import { QuickCalls } from './quick-calls.ts';

/** Neither follows a link nor waits for the other end of a pipe (Windows knows neither flag). */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** A larger file is left to threads. */
const MOST_BYTES_ON_THE_SPOT = 65_536;

/** Reads files of bounded sizes: small ones on the spot, where that is quick. */
export class BoundedFiles {
  readonly #calls = new QuickCalls();

  /**
   * Reads a file of at most `maxBytes`.
   *
   * @throws LocalFsFault TOO_LARGE, before anything is read; NOT_FOUND for what is no file.
   */
  read(path: string, maxBytes: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const byThread = () => readByThread(path, maxBytes, signal);
    return this.#calls.make(byThread, () => readSmallFile(path, maxBytes) ?? byThread());
  }
}

async function readByThread(
  path: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const handle = await open(path, OPEN_FLAGS);
  try {
    const size = sizeWithin(await handle.stat(), path, maxBytes);
    return await readBytes(handle, size, signal);
  } finally {
    await handle.close();
  }
}

/** Undefined for one that is not small. */
function readSmallFile(path: string, maxBytes: number): Uint8Array | undefined {
  const file = openSync(path, OPEN_FLAGS);
  try {
    const size = sizeWithin(fstatSync(file), path, maxBytes);
    if (size > MOST_BYTES_ON_THE_SPOT) return undefined;
    const body = allocate(size);
    let offset = 0;
    while (offset < size) {
      const bytesRead = readSync(file, body, offset, size - offset, null);
      if (bytesRead === 0) break;
      offset += bytesRead;
    }
    return body.subarray(0, offset);
  } finally {
    closeSync(file);
  }
}

function sizeWithin(stats: Stats, path: string, maxBytes: number): number {
  if (!stats.isFile()) throw new LocalFsFault('NOT_FOUND', `${path} is no file`);
  if (stats.size > maxBytes) throw tooLarge(stats.size, `${maxBytes}`);
  return stats.size;
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
