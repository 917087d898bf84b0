import { runStorageConformance } from '@metering/storage-testkit';
import { describe, it } from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { newContainer } from './new-container.ts';

const createHarness = async () => {
  const storage = createAzureStorage(await newContainer());
  return { storage, close: () => storage.close() };
};

runStorageConformance({ describe, it, createHarness });
