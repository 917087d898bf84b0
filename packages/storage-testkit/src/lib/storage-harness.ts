import type { StorageProvider } from '@metering/core';

/** One store to test: fresh, empty, and seen by nobody else. */
export interface StorageHarness {
  readonly storage: StorageProvider;
  /**
   * Removes the store and all it holds. The storage may be closed already, and a call that was aborted
   * may still be at work.
   */
  close(): Promise<void>;
}
