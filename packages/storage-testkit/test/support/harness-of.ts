import type { StorageProvider } from '@metering/core';
import type { StorageHarness } from '../../src/index.ts';

/** Harnesses for stores in memory, which need no cleaning. */
export function harnessOf(createStorage: () => StorageProvider): () => Promise<StorageHarness> {
  return async () => ({ storage: createStorage(), close: async () => undefined });
}
