import type { StorageProvider } from '@metering/core';

/** One store to test: fresh, empty, and seen by nobody else. */
export interface StorageHarness {
  readonly storage: StorageProvider;
  /** Removes the store and all it holds. The storage may be closed already. */
  close(): Promise<void>;
}
