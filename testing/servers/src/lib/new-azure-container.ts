import { ContainerClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import type { RunningAzurite } from './start-azurite.ts';

/** A container, and the way to it: what a client or a storage needs to know. */
export interface AzureContainer {
  readonly container: string;
  readonly endpoint: string;
  readonly accountName: string;
  readonly accountKey: string;
}

/** Makes an empty container on Azurite. */
export async function newAzureContainer(
  azurite: Omit<RunningAzurite, 'stop'>,
): Promise<AzureContainer> {
  const { endpoint, accountName, accountKey } = azurite;
  const container = `metering-${crypto.randomUUID()}`;
  const options = { container, endpoint, accountName, accountKey };
  await azureContainerClient(options).create();
  return options;
}

/** Microsoft's own client, as an application has one. */
export function azureContainerClient(options: AzureContainer): ContainerClient {
  const { container, endpoint, accountName, accountKey } = options;
  const credential = new StorageSharedKeyCredential(accountName, accountKey);
  return new ContainerClient(`${endpoint}/${container}`, credential);
}
