import { runStorageConformance } from '@metering/storage-testkit';
import { azureContainerClient } from '@metering/testing-servers/azure';
import { describe, it } from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { newContainer } from './new-container.ts';

const createHarness = async () => {
  const options = await newContainer();
  const storage = createAzureStorage(options);
  const close = async () => {
    await storage.close();
    await azureContainerClient(options).delete();
  };
  return { storage, close };
};

runStorageConformance({ describe, it, createHarness });
