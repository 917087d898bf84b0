/** What every call takes. */
export interface CallOptions {
  /** Aborting rejects the call at once with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
}

/** What a store can and cannot do. */
export interface StorageCapabilities {
  /**
   * Whether `put` with `create` is exclusive: of any number of racers exactly one wins. Where it is
   * false, `create` is UNSUPPORTED. `unknown` until probed or first used.
   */
  readonly exclusiveCreate: boolean | 'unknown';
  /** The order of listings. They differ only for characters above U+FFFF. */
  readonly listOrder: 'utf8' | 'utf16';
}

/** One stored object, without its bytes. */
export interface ObjectInfo {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  readonly lastModified: Date;
  /** Changes whenever the object's bytes do. Not every store has one. */
  readonly etag?: string | undefined;
}

/** `overwrite` replaces what is there; `create` fails if anything is there. */
export type PutMode = 'overwrite' | 'create';

/** What `put` takes beside the object. */
export interface PutOptions extends CallOptions {
  /** Default `overwrite`. */
  readonly mode?: PutMode | undefined;
}

/** What a store says of an object that it has stored. */
export interface PutResult {
  readonly etag?: string | undefined;
}

/** What `get` takes beside the key. */
export interface GetOptions extends CallOptions {
  /** A larger object is TOO_LARGE, and the rest of it is not read. Default: no limit. */
  readonly maxBytes?: number | undefined;
}

/** Which keys to list; both are any string. */
export interface ListQuery {
  /** Only keys that begin with this text. Default: all. */
  readonly prefix?: string | undefined;
  /** Only keys after this text, which need not be a key. Default: all. */
  readonly startAfter?: string | undefined;
}

/**
 * A store of objects under keys: the contract that writers and readers stand on, sentence by
 * sentence in `docs/contract.md`. Make one with `defineStorageProvider`, which holds half of it.
 */
export interface StorageProvider {
  /** What messages call the store: `s3`, `localfs`, … */
  readonly name: string;
  readonly capabilities: StorageCapabilities;
  /**
   * Stores an object atomically: readers see the old one, the new one or none.
   *
   * @throws StorageError `ALREADY_EXISTS` when `create` finds any object there, even its own after a retry.
   */
  put(key: string, body: Uint8Array, options?: PutOptions): Promise<PutResult>;
  /** @throws StorageError `NOT_FOUND`; `TOO_LARGE` beyond `maxBytes`. */
  get(key: string, options?: GetOptions): Promise<Uint8Array>;
  /** @throws StorageError `NOT_FOUND`. */
  head(key: string, options?: CallOptions): Promise<ObjectInfo>;
  /** Removes an object. To delete what is not there succeeds. */
  delete(key: string, options?: CallOptions): Promise<void>;
  /** Every object that matches, lazily, in ascending order of the whole key (`capabilities.listOrder`). */
  list(query?: ListQuery, options?: CallOptions): AsyncIterable<ObjectInfo>;
  /** Frees what the provider holds. Closing twice is fine; any other call after it is a `TypeError`. */
  close(): Promise<void>;
  /** `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
