import type { StorageErrorCode, StorageOperation } from '../errors/storage-error.ts';
import type { ObjectInfo, PutMode, PutResult, StorageCapabilities } from './storage-provider.ts';

/** What a backend's call gets besides its arguments: everything is there, nothing has a default. */
export interface BackendOptions {
  /** Stop as soon as it is aborted; the caller has its answer already. */
  readonly signal: AbortSignal | undefined;
}

/** What an error means: a code, and what else is known of it. */
export interface ErrorClass {
  readonly code: StorageErrorCode;
  /** What the user should know or do, as the end of a sentence. Default: the error's own message. */
  readonly message?: string | undefined;
  /** Default: by the code. */
  readonly retryable?: boolean | undefined;
  /** What to keep as the error's cause, without secrets. Default: the error itself. */
  readonly cause?: unknown;
}

/** Where an error came from. */
export interface ErrorContext {
  readonly operation: StorageOperation;
  readonly key: string | undefined;
}

/**
 * What the author of a provider writes: the raw calls. Keys are checked, options are complete, and
 * whatever is thrown goes through `classifyError`. See `defineStorageProvider`.
 */
export interface StorageBackend {
  readonly name: string;
  /** May be a getter, where it becomes known later. */
  readonly capabilities: StorageCapabilities;
  /** Why `create` is not exclusive, once that is known, and what to do. Default: just that it is not. */
  readonly createProblem?: string | undefined;
  /** `body` is a `Uint8Array` itself and no subclass: its `slice` is a copy. */
  put(
    key: string,
    body: Uint8Array,
    options: BackendOptions & { readonly mode: PutMode },
  ): Promise<PutResult>;
  /** Reads no more than it takes to know that there are more than `maxBytes`; what it gives beyond is refused as TOO_LARGE. */
  get(key: string, options: BackendOptions & { readonly maxBytes: number }): Promise<Uint8Array>;
  /** What `get` would find, without the body. */
  head(key: string, options: BackendOptions): Promise<ObjectInfo>;
  /** Deletes an object; what is absent is deleted already. */
  delete(key: string, options: BackendOptions): Promise<void>;
  /** `prefix` and `startAfter` are any text; `''` where not given. */
  list(
    query: { readonly prefix: string; readonly startAfter: string },
    options: BackendOptions,
  ): AsyncIterable<ObjectInfo>;
  /** Frees what the backend holds. Default: nothing. */
  close?(): Promise<void>;
  /** Why this store cannot hold a key that is well-formed otherwise. Default: it can hold any. */
  keyProblem?(key: string): string | undefined;
  /** What an error that a call threw means; undefined for UNKNOWN. A `StorageError` is passed on as it is; a `StorageFault` has its class. */
  classifyError(error: unknown, context: ErrorContext): ErrorClass | undefined;
}
