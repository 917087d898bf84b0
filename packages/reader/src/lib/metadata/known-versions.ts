import { LRUCache } from 'lru-cache';
import type { FoundVersion } from './find-version.ts';

/** How many folders, and how many answers of each, are remembered at the most. */
const MAX_FOLDERS = 10_000;
const MAX_ANSWERS = 16;

interface Answer {
  readonly found: FoundVersion;
  /** When the listing that gave it began: milliseconds of the clock. */
  readonly listedAt: number;
}

/** Remembers for a while what listings told, for every time that an answer holds for. */
export class KnownVersions {
  readonly #maxAgeMs: number;
  readonly #folders = new LRUCache<string, readonly Answer[]>({ max: MAX_FOLDERS });

  /** @param maxAgeMs Answers older than this are not used; 0 for none at all. */
  constructor(maxAgeMs: number) {
    this.#maxAgeMs = maxAgeMs;
  }

  get(folder: string, at: number): FoundVersion | undefined {
    return this.#fresh(folder).find(({ found }) => found.from <= at && at < found.until)?.found;
  }

  add(folder: string, found: FoundVersion, listedAt: number): void {
    if (this.#maxAgeMs === 0) return;
    const answers = [{ found, listedAt }, ...this.#fresh(folder)];
    this.#folders.set(folder, answers.slice(0, MAX_ANSWERS));
  }

  forget(folder: string): void {
    this.#folders.delete(folder);
  }

  #fresh(folder: string): readonly Answer[] {
    const now = Date.now();
    const answers = this.#folders.get(folder) ?? [];
    // A clock that was set back makes an answer's age negative: that one is not used either.
    return answers.filter(({ listedAt }) => now >= listedAt && now - listedAt < this.#maxAgeMs);
  }
}
