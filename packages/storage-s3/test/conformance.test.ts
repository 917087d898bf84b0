import { runStorageConformance } from '@metering/storage-testkit';
import { it } from 'vitest';
import { createS3Storage } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

describeEachServer('the storage contract', ({ newBucket }) => {
  const createHarness = async () => {
    const storage = createS3Storage(await newBucket());
    return { storage, close: () => storage.close() };
  };
  runStorageConformance({ describe: (_, tests) => tests(), it, createHarness });
});
