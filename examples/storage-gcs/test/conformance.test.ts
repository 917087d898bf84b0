import { describe, it } from 'node:test';
import { runStorageConformance } from '@metering/storage-testkit';
import { createGcsStorage } from '../src/index.ts';
import { newBucket } from './new-bucket.ts';

runStorageConformance({ describe, it, createHarness });

async function createHarness() {
  const storage = createGcsStorage(await newBucket());
  return { storage, close: () => storage.close() };
}
