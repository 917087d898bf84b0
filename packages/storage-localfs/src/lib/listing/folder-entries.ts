import { type Dirent, opendirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isMissing } from '../classify-error.ts';
import { QuickCalls } from './quick-calls.ts';

/** A folder with more entries is left to a thread: nobody knows beforehand how many there are. */
const MOST_ON_THE_SPOT = 128;

/** Reads folders one after the other: small ones on the spot, where that is quick. */
export class FolderEntries {
  readonly #calls = new QuickCalls();

  /** What is in a folder; nothing where there is none. */
  async read(path: string): Promise<Dirent[]> {
    const byThread = () => readdir(path, { withFileTypes: true });
    try {
      return await this.#calls.make(byThread, () => readSmallFolder(path) ?? byThread());
    } catch (error) {
      if (isMissing(error)) return []; // It vanished since its name was read.
      throw error;
    }
  }
}

/** Undefined for one that is not small. */
function readSmallFolder(path: string): Dirent[] | undefined {
  const folder = opendirSync(path, { bufferSize: MOST_ON_THE_SPOT });
  try {
    const entries: Dirent[] = [];
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      if (entries.push(entry) > MOST_ON_THE_SPOT) return undefined;
    }
    return entries;
  } finally {
    folder.closeSync();
  }
}
