import { MeteringError } from './metering-error.ts';

/** What became of one page: new, replaced, or found there with the same content. */
export type WriteOutcome = 'created' | 'overwritten' | 'unchanged';

/** A page that is stored. */
export interface WrittenPage {
  readonly key: string;
  /** Page number within its set, from 0. */
  readonly part: number;
  readonly records: number;
  /** Size of the stored (compressed) object in bytes. */
  readonly bytes: number;
  readonly outcome: WriteOutcome;
}

/** What a `PartialWriteError` is made of. */
export interface PartialWriteErrorInit {
  readonly message: string;
  readonly pages: readonly WrittenPage[];
  readonly failedKey: string;
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/**
 * A set of pages is stored in part. Write the same data again: pages that are there count as
 * written. `cause` says why the page `failedKey` failed.
 */
export class PartialWriteError extends MeteringError {
  declare readonly code: 'PARTIAL_WRITE';
  /** The pages of the set that are stored, in order. */
  declare readonly pages: readonly WrittenPage[];
  declare readonly failedKey: string;

  constructor(init: PartialWriteErrorInit) {
    super({ ...init, name: 'PartialWriteError', code: 'PARTIAL_WRITE' });
  }
}
