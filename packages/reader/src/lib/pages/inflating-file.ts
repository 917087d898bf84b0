import { createGunzip, type Gunzip } from 'node:zlib';
import { abortable } from '@metering/core/building-blocks';
import { gunzip, gunzipAtOnce, isSmallFile } from '../gzip/gunzip.ts';
import { decodeBody, type PageBody } from './decode-page.ts';
import type { PageToRead } from './page-to-read.ts';
import { Surprise } from './scan/surprise.ts';

/** How much is unpacked at once: read in half a millisecond. Larger ones leave more garbage behind. */
const CHUNK_BYTES = 128 * 1024;

/** A page's file as it is stored, or on its way. */
export type PageFile = Uint8Array | InflatingFile;

/**
 * A page's file that is unpacked on the thread pool while others are read: a chunk ahead of its reader, and
 * no further. What is small is unpacked when it is read.
 */
export class InflatingFile {
  readonly #file: Uint8Array;
  readonly #page: PageToRead;
  readonly #stream: Gunzip | undefined;

  constructor(file: Uint8Array, page: PageToRead) {
    this.#file = file;
    this.#page = page;
    this.#stream = isSmallFile(file) ? undefined : gunzipStream(file);
  }

  /**
   * The JSON of a small page, at once; undefined for a large one.
   *
   * @throws FormatError as `exactBody`.
   */
  smallJson(): Uint8Array | undefined {
    if (this.#stream !== undefined) return undefined;
    this.#page.signal?.throwIfAborted();
    return gunzipAtOnce(this.#file, this.#page);
  }

  /**
   * The JSON of the page, once.
   *
   * @throws Surprise where something is wrong with the file: `exactBody` says what.
   */
  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#page.signal?.throwIfAborted();
    if (this.#stream === undefined) yield await gunzip(this.#file, this.#page);
    else yield* this.#streamed(this.#stream);
  }

  /** The page as the exact parser reads it, unpacked anew and as a whole. */
  async exactBody(): Promise<PageBody> {
    const { key, meant } = this.#page;
    return decodeBody(await gunzip(this.#file, this.#page), key, meant);
  }

  async *#streamed(stream: Gunzip): AsyncGenerator<Uint8Array, void, undefined> {
    const { maxBytes, signal } = this.#page;
    const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
    let total = 0;
    try {
      for (;;) {
        const { done, value } = await abortable(chunks.next().catch(toSurprise), signal);
        if (done) break;
        total += value.length;
        if (total > maxBytes) throw new Surprise('too large');
        yield value;
      }
    } finally {
      stream.destroy();
    }
    if (stream.bytesWritten !== this.#file.byteLength) throw new Surprise('followed by bytes');
  }
}

/** Begins to unpack a file that is read later, in the same way. */
export function startInflating(file: Uint8Array, page: PageToRead): InflatingFile {
  return new InflatingFile(file, page);
}

export function inflating(file: PageFile, page: PageToRead): InflatingFile {
  return file instanceof InflatingFile ? file : startInflating(file, page);
}

function gunzipStream(file: Uint8Array): Gunzip {
  const stream = createGunzip({ chunkSize: CHUNK_BYTES });
  // Whoever reads it is told.
  stream.on('error', () => undefined);
  stream.end(file);
  return stream;
}

function toSurprise(error: unknown): never {
  throw new Surprise('no gzip', { cause: error });
}
