import { errorName, MeteringError } from './metering-error.ts';

/** The calls of a storage provider. */
export type StorageOperation = 'open' | 'put' | 'get' | 'head' | 'delete' | 'list' | 'close';

/**
 * What went wrong at a store:
 * - `NOT_FOUND`: no object under the key
 * - `ALREADY_EXISTS`: `create` found an object under the key
 * - `PERMISSION_DENIED`: known, but not allowed
 * - `UNAUTHENTICATED`: credentials missing, wrong or expired
 * - `RATE_LIMITED`: told to slow down (retryable)
 * - `UNAVAILABLE`: network, time-out or the store's own fault (retryable)
 * - `UNSUPPORTED`: the store cannot do this
 * - `INVALID_KEY`: the key breaks the rules of keys, or the store cannot hold it
 * - `NO_SPACE`: disk or quota is full
 * - `CONTAINER_NOT_FOUND`: no such bucket, container or base folder
 * - `TOO_LARGE`: the object is larger than `maxBytes`, or than the store takes
 * - `CLOCK_SKEW`: this machine's clock is too far off for signatures
 * - `UNKNOWN`: none of these; see `cause`
 */
export type StorageErrorCode =
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'PERMISSION_DENIED'
  | 'UNAUTHENTICATED'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'UNSUPPORTED'
  | 'INVALID_KEY'
  | 'NO_SPACE'
  | 'CONTAINER_NOT_FOUND'
  | 'TOO_LARGE'
  | 'CLOCK_SKEW'
  | 'UNKNOWN';

/** What a `StorageError` is made of. */
export interface StorageErrorInit {
  readonly code: StorageErrorCode;
  readonly message: string;
  /** The provider's name: `s3`, `localfs`, … */
  readonly provider: string;
  readonly operation: StorageOperation;
  /** The key as the caller gave it; for `list` its prefix, if any. */
  readonly key?: string | undefined;
  /** Default: true for `RATE_LIMITED` and `UNAVAILABLE`. */
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/** A call to a store failed. */
export class StorageError extends MeteringError {
  declare readonly code: StorageErrorCode;
  declare readonly provider: string;
  declare readonly operation: StorageOperation;
  declare readonly key: string | undefined;

  constructor(init: StorageErrorInit) {
    const retryable =
      init.retryable ?? (init.code === 'RATE_LIMITED' || init.code === 'UNAVAILABLE');
    super({ ...init, name: 'StorageError', retryable });
  }
}

/** True for a `StorageError` (of any installed copy of this package), of one code if `code` is given. */
export function isStorageError(error: unknown, code?: StorageErrorCode): error is StorageError {
  if (errorName(error) !== 'StorageError') return false;
  return code === undefined || (error as StorageError).code === code;
}
