import { MeteringError } from './metering-error.ts';

/**
 * What is wrong with the bytes:
 * - `CORRUPT_GZIP`: truncated, damaged or no gzip at all
 * - `INVALID_JSON`: not JSON, or JSON that cannot be read without loss (a duplicate key)
 * - `UNEXPECTED_SHAPE`: JSON, but not what this key must hold
 * - `LIMIT_EXCEEDED`: larger or deeper than the reader allows
 * - `INCOMPLETE_SET`: pages of a set are missing, so that what was used is known in part only
 */
export type FormatErrorCode =
  | 'CORRUPT_GZIP'
  | 'INVALID_JSON'
  | 'UNEXPECTED_SHAPE'
  | 'LIMIT_EXCEEDED'
  | 'INCOMPLETE_SET';

/** What a `FormatError` is made of. */
export interface FormatErrorInit {
  readonly code: FormatErrorCode;
  readonly message: string;
  readonly key?: string | undefined;
  /** From 1, where the error has a place in a text. */
  readonly line?: number | undefined;
  /** From 1, in characters (UTF-16 units). */
  readonly column?: number | undefined;
  /** The limit that was exceeded, in the unit that the message names. */
  readonly limit?: number | undefined;
  readonly cause?: unknown;
}

/** Stored or given bytes are not what they should be. Reading them again will not help. */
export class FormatError extends MeteringError {
  declare readonly code: FormatErrorCode;
  /** The object's key, if the bytes came from a store; of a set what the keys of its pages begin with. */
  declare readonly key: string | undefined;
  declare readonly line: number | undefined;
  declare readonly column: number | undefined;
  declare readonly limit: number | undefined;

  constructor(init: FormatErrorInit) {
    super({ ...init, name: 'FormatError', retryable: false });
  }
}
