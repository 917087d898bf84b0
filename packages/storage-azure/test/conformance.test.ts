import { runStorageConformance } from '@metering/storage-testkit';
import { describe, it } from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { containerClient, newContainer } from './new-container.ts';

const createHarness = async () => {
  const options = await newContainer();
  const storage = createAzureStorage(options);
  const close = async () => {
    await storage.close();
    await containerClient(options).delete();
  };
  return { storage, close };
};

runStorageConformance({ describe, it, createHarness });
