import { createHash } from 'node:crypto';
import { isStorageError, type Logger, type ObjectInfo, type StorageProvider } from '@metering/core';
import { abortable } from '@metering/core/building-blocks';
import { LRUCache } from 'lru-cache';

/** Everything of this form is the cache's own. */
const FOLDER = 'metering-meta-cache/';
const OWN_KEY = /^metering-meta-cache\/[0-9a-f]{64}$/;

/**
 * Copies of files in a storage, where they outlive the process. An entry states whose copy it is and
 * is not used as anything else. When the entries take too many bytes, those that were not used for
 * longest are deleted. A failure of that storage fails no read: it is logged.
 */
export class StoredFiles {
  readonly #storage: StorageProvider;
  readonly #maxBytes: number;
  readonly #logger: Logger | undefined;
  /** The sizes of all entries by key, in the order of their use. */
  #entries: Promise<LRUCache<string, number>> | undefined;
  readonly #evicted: string[] = [];

  constructor(storage: StorageProvider, maxBytes: number, logger: Logger | undefined) {
    this.#storage = storage;
    this.#maxBytes = maxBytes;
    this.#logger = logger;
  }

  /** The copy of a file; undefined when there is none. */
  async get(identity: string, signal: AbortSignal | undefined): Promise<Uint8Array | undefined> {
    const key = keyOf(identity);
    return this.#attempt(key, signal, async () => {
      const entry = await this.#storage.get(key, { maxBytes: this.#maxBytes, signal });
      (await this.#entries)?.get(key);
      const label = labelOf(identity);
      if (label.equals(entry.subarray(0, label.byteLength)))
        return entry.subarray(label.byteLength);
      this.#logger?.warn({ key }, 'Ignored a cache entry that holds something else');
      return undefined;
    });
  }

  /** Keeps a copy of a file, unless that is larger than all entries together may be. */
  async set(identity: string, file: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
    const key = keyOf(identity);
    const entry = Buffer.concat([labelOf(identity), file]);
    if (entry.byteLength > this.#maxBytes) return;
    await this.#attempt(key, signal, async () => {
      await this.#storage.put(key, entry, { signal });
      const entries = await abortable(this.#allEntries(), signal);
      entries.set(key, entry.byteLength);
      for (const evicted of this.#evicted.splice(0))
        await this.#storage.delete(evicted, { signal });
    });
  }

  async #attempt<Result>(
    key: string,
    signal: AbortSignal | undefined,
    run: () => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await run();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (!isStorageError(error, 'NOT_FOUND')) {
        this.#logger?.warn({ key, err: error }, 'The storage of the metadata cache failed');
      }
      return undefined;
    }
  }

  #allEntries(): Promise<LRUCache<string, number>> {
    this.#entries ??= this.#listEntries().catch((error: unknown) => {
      this.#entries = undefined;
      throw error;
    });
    return this.#entries;
  }

  async #listEntries(): Promise<LRUCache<string, number>> {
    const entries = new LRUCache<string, number>({
      maxSize: this.#maxBytes,
      sizeCalculation: (bytes) => Math.max(1, bytes),
      dispose: (_bytes, key, reason) => {
        if (reason === 'evict') this.#evicted.push(key);
      },
    });
    const found: ObjectInfo[] = [];
    for await (const info of this.#storage.list({ prefix: FOLDER })) {
      if (OWN_KEY.test(info.key)) found.push(info);
    }
    found.sort((a, b) => a.lastModified.getTime() - b.lastModified.getTime());
    for (const { key, size } of found) {
      if (size > this.#maxBytes) this.#evicted.push(key);
      else entries.set(key, size);
    }
    return entries;
  }
}

function keyOf(identity: string): string {
  return FOLDER + createHash('sha256').update(identity).digest('hex');
}

function labelOf(identity: string): Buffer {
  return Buffer.from(`metering metadata cache 1\n${identity}\n`);
}
