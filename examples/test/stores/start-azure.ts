import { ContainerClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { startAzurite } from '@metering/testing-servers';
import type { ExampleStore } from './example-store.ts';

/** A container of Azurite. */
export async function startAzure(): Promise<ExampleStore> {
  const { endpoint, accountName, accountKey, stop } = await startAzurite();
  return {
    name: 'azurite',
    newEnvironment: async () => {
      const container = `examples-${crypto.randomUUID()}`;
      const credential = new StorageSharedKeyCredential(accountName, accountKey);
      await new ContainerClient(`${endpoint}/${container}`, credential).create();
      const parameters = new URLSearchParams({
        ...{ endpoint, 'account-name': accountName, 'account-key': accountKey },
      });
      return {
        METERING_STORAGE_URI: `azure://${container}/usage?${parameters}`,
        CONTAINER: container,
        AZURE_ENDPOINT: endpoint,
        AZURE_ACCOUNT: accountName,
        AZURE_ACCOUNT_KEY: accountKey,
      };
    },
    stop,
  };
}
