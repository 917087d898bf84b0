import { type Dirent, readdirSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isMissing } from '../classify-error.ts';
import { QuickCalls } from '../quick-calls.ts';

/**
 * A larger folder is left to a thread. That is a block of ext4, which holds a hundred names or two; other file
 * systems count 20 to 64 bytes a name, ZFS 1.
 */
const MOST_BYTES_ON_THE_SPOT = 4096;

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

/** Undefined for one that is not small, or of which the system does not say how large it is. */
function readSmallFolder(path: string): Dirent[] | undefined {
  const { size } = statSync(path);
  if (size === 0 || size > MOST_BYTES_ON_THE_SPOT) return undefined;
  return readdirSync(path, { withFileTypes: true });
}
