import { runStorageConformance } from '@metering/storage-testkit';
import { afterAll, describe, it } from 'vitest';
import { createOssStorage } from '../src/index.ts';
import { newBucket, startDouble } from './new-bucket.ts';

const double = await startDouble();
afterAll(() => double.stop());

runStorageConformance({
  describe,
  it,
  createHarness: async () => {
    const storage = createOssStorage(newBucket(double));
    return { storage, close: () => storage.close() };
  },
});
