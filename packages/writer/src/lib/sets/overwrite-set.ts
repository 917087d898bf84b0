import { parseMeteringKey } from '@metering/core';
import type { Page } from '../pages/page-source.ts';
import type { SetStore, SetStoreOptions } from './set-store.ts';

/**
 * Stores a set in place of another.
 *
 * A crash at any point must leave the old set, the new one, or one that is known to be incomplete. So
 * every page that is there is deleted before anything is written, the last one first, but page 0: it
 * shows all the while that there is a set, and a set of one page is replaced by another at one stroke.
 * The new last page, which says how many there are, is written when all the others are stored.
 * Several pages of Go's say nothing of that: without their last one they look like a shorter set of Go's,
 * until a page of ours is among them.
 *
 * To delete only the page that was last is not enough. An overwrite that was cut short may have left
 * pages behind the one that says how many there are; with them gone, that one would make the old
 * pages and the new ones between them look like a whole set.
 */
export class OverwriteSet implements SetStore {
  readonly #options: SetStoreOptions;
  #older: ReadonlySet<number> | undefined;

  constructor(options: SetStoreOptions) {
    this.#options = options;
  }

  async add(page: Page): Promise<void> {
    const { tasks } = this.#options;
    this.#older ??= await this.#clear();
    if (page.isLast) await tasks.finish();
    await tasks.start(page.key, () => this.#store(page), 'at once');
  }

  async addOnly(page: Page): Promise<void> {
    this.#older = await this.#clear();
    await this.#store(page);
  }

  /** Deletes what is there of the set but page 0, and gives the parts that were there. */
  async #clear(): Promise<ReadonlySet<number>> {
    const { tasks, keys } = this.#options;
    const parts = await this.#listParts();
    for (const part of parts) {
      if (part === 0) continue;
      const key = keys.text(part);
      await tasks.start(key, () => this.#delete(key), 'at once');
      if (part === parts[0]) await tasks.finish();
    }
    await tasks.finish();
    return new Set(parts);
  }

  /** The parts that are there, the last one first. */
  async #listParts(): Promise<readonly number[]> {
    const { storage, keys, call } = this.#options;
    const parts: number[] = [];
    for await (const { key } of storage.list({ prefix: keys.prefix }, call)) {
      const part = parseMeteringKey(key)?.part;
      if (part !== undefined) parts.push(part);
    }
    return parts.sort((a, b) => b - a);
  }

  async #delete(key: string): Promise<void> {
    const { storage, call, onDeleted } = this.#options;
    call.signal?.throwIfAborted();
    await storage.delete(key, call);
    onDeleted(key);
  }

  async #store(page: Page): Promise<void> {
    const { storage, call, onStored } = this.#options;
    const { key, part, records } = page;
    const bytes = await page.body;
    call.signal?.throwIfAborted();
    await storage.put(key, bytes, { ...call, mode: 'overwrite' });
    page.recycle?.(bytes);
    const outcome = this.#older?.has(part) ? 'overwritten' : 'created';
    onStored({ key, part, records, bytes: bytes.length, outcome });
  }
}
