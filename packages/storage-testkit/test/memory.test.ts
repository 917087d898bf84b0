import { createMemoryStorage } from '@metering/core';
import { describe, it } from 'vitest';
import { runStorageConformance } from '../src/index.ts';

runStorageConformance({
  describe,
  it,
  createHarness: async () => {
    const storage = createMemoryStorage();
    return { storage, close: () => storage.close() };
  },
});
