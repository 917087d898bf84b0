import { gunzip } from '../gunzip.ts';
import type { PageToRead } from './page-to-read.ts';

/** A page's file as it is stored, or on its way. */
export type PageFile = Uint8Array | InflatingFile;

/** A file that is unpacked on the thread pool while others are read. Read it once, or close it. */
export class InflatingFile {
  readonly #json: Promise<Uint8Array>;

  constructor(file: Uint8Array, page: PageToRead) {
    this.#json = gunzip(file, page);
    // Told when it is read.
    this.#json.catch(() => undefined);
  }

  json(): Promise<Uint8Array> {
    return this.#json;
  }

  /** Stops the work on a file that is not read after all. */
  close(): void {}
}

/** Begins to unpack a file that is read later. */
export function startInflating(file: Uint8Array, page: PageToRead): InflatingFile {
  return new InflatingFile(file, page);
}

export function inflating(file: PageFile, page: PageToRead): InflatingFile {
  return file instanceof InflatingFile ? file : startInflating(file, page);
}
