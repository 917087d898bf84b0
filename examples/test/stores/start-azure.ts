import { startAzurite } from '@metering/testing-servers';
import { newAzureContainer } from '@metering/testing-servers/azure';
import type { ExampleStore } from './example-store.ts';

/** A container of Azurite. */
export async function startAzure(): Promise<ExampleStore> {
  const { stop, ...azurite } = await startAzurite();
  return {
    name: 'azurite',
    newEnvironment: async () => {
      const { container, endpoint, accountName, accountKey } = await newAzureContainer(azurite);
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
