import type { Observers, StorageProvider } from '@metering/core';
import type { SkippedKey } from '../pages/page-listing.ts';

/** What the calls over a range have of their reader. */
export interface RangeContext extends Observers {
  readonly storage: StorageProvider;
  /** How many files are fetched at once. */
  readonly concurrency: number;
  /** A page of more JSON than this is refused. */
  readonly maxPageBytes: number;
  /** Is told of every key that is no page's. */
  readonly onSkipped: (skipped: SkippedKey) => void;
}
