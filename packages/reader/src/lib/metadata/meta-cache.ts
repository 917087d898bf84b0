import type { CacheEvent, ObjectInfo, Observers, StorageProvider } from '@metering/core';
import { checkOptionNames, describeValue, type OptionNames } from '@metering/core/building-blocks';
import { LRUCache } from 'lru-cache';
import { checkInteger, checkStorage } from '../reader-options.ts';
import { StoredFiles } from './stored-files.ts';

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
/** What keeping a file takes besides its bytes. */
const ENTRY_BYTES = 512;

/** What the cache of metadata may keep, and where. */
export interface MetaCacheOptions {
  /**
   * How much is kept in memory, and as much again in `storage`: bytes of the files as they are stored
   * (compressed), each with some bytes for its name. A larger file is not kept. Default 64 MiB.
   */
  readonly maxBytes?: number | undefined;
  /**
   * Keeps files where they outlive the process too: a local folder, say. One such storage serves one
   * storage of metadata; only entries of the cache's own are ever removed. Default: none.
   */
  readonly storage?: StorageProvider | undefined;
  /**
   * For how long what a listing told may be used again, in milliseconds: a version that was written
   * since may go unseen for so long. Default 0: every read asks.
   */
  readonly listingMaxAgeMs?: number | undefined;
}

const OPTIONS: OptionNames<MetaCacheOptions> = {
  maxBytes: true,
  storage: true,
  listingMaxAgeMs: true,
};

/** @throws TypeError for options that make no sense. */
export function checkCacheOptions(options: MetaCacheOptions): void {
  const caller = 'createMetaReader: cache';
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`${caller} must be false or an object, got ${describeValue(options)}`);
  }
  checkOptionNames(caller, options, OPTIONS);
  const { maxBytes, storage, listingMaxAgeMs } = options;
  if (maxBytes !== undefined) checkInteger(`${caller}.maxBytes`, maxBytes, 1);
  if (storage !== undefined) checkStorage(`${caller}.storage`, storage);
  if (listingMaxAgeMs !== undefined) checkInteger(`${caller}.listingMaxAgeMs`, listingMaxAgeMs, 0);
}

/** How to get a file, and what to make of it. */
export interface FileAccess<Value> {
  readonly fetch: () => Promise<Uint8Array>;
  readonly decode: (file: Uint8Array) => Promise<Value>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Keeps files, not what was decoded of them: every caller gets objects of its own. A file that was
 * overwritten is another file, as a listing shows by its etag.
 */
export class MetaCache {
  readonly #inMemory: LRUCache<string, Uint8Array>;
  readonly #stored: StoredFiles | undefined;
  readonly #observers: Observers;

  constructor(options: MetaCacheOptions, observers: Observers) {
    const { maxBytes = DEFAULT_MAX_BYTES, storage } = options;
    this.#inMemory = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (file) => file.byteLength + ENTRY_BYTES,
    });
    this.#stored = storage && new StoredFiles(storage, maxBytes, observers.logger);
    this.#observers = observers;
  }

  /** What a file holds, from the nearest place that has it. */
  async load<Value>(info: ObjectInfo, access: FileAccess<Value>): Promise<Value> {
    const identity = identityOf(info);
    const inMemory = this.#inMemory.get(identity);
    if (inMemory !== undefined) {
      this.#tell('hit', info);
      return access.decode(inMemory);
    }
    const stored = await this.#loadStored(info, identity, access);
    this.#tell(stored === undefined ? 'miss' : 'hit', info);
    if (stored !== undefined) return stored.value;
    const file = await access.fetch();
    const value = await access.decode(file);
    // Another size: it was overwritten since the listing, and is not the file of that etag.
    if (file.byteLength === info.size) {
      this.#keepInMemory(identity, file);
      await this.#stored?.set(identity, file, access.signal);
    }
    return value;
  }

  async #loadStored<Value>(
    { key }: ObjectInfo,
    identity: string,
    { decode, signal }: FileAccess<Value>,
  ): Promise<{ readonly value: Value } | undefined> {
    const file = await this.#stored?.get(identity, signal);
    if (file === undefined) return undefined;
    try {
      const value = await decode(file);
      this.#keepInMemory(identity, file);
      return { value };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const message = 'Ignored a damaged entry of the metadata cache';
      this.#observers.logger?.warn({ key, err: error }, message);
      return undefined;
    }
  }

  #tell(outcome: CacheEvent['outcome'], { key }: ObjectInfo): void {
    this.#observers.onEvent?.({ type: 'cache', outcome, key });
  }

  /** A copy: the bytes at hand may be a small part of a large buffer. */
  #keepInMemory(identity: string, file: Uint8Array): void {
    this.#inMemory.set(identity, new Uint8Array(file));
  }
}

/** What tells a file from the one that was there before it. */
function identityOf({ key, size, etag, lastModified }: ObjectInfo): string {
  const state = etag === undefined ? { lastModified: lastModified.getTime() } : { etag };
  return JSON.stringify({ key, size, ...state });
}
