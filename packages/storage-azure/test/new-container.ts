import { ContainerClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { inject } from 'vitest';

/** Options for a storage on Azurite. */
export interface ContainerOptions {
  readonly container: string;
  readonly accountName: string;
  readonly accountKey: string;
  readonly endpoint: string;
}

/** Makes a container, and gives options for a storage in it. */
export async function newContainer(): Promise<ContainerOptions> {
  const options = { ...inject('azurite'), container: `metering-${crypto.randomUUID()}` };
  await containerClient(options).create();
  return options;
}

/** A client as an application has its own. */
export function containerClient(options: ContainerOptions): ContainerClient {
  const { endpoint, container, accountName, accountKey } = options;
  const credential = new StorageSharedKeyCredential(accountName, accountKey);
  return new ContainerClient(`${endpoint}/${container}`, credential);
}

/** The same options, but on the way through a proxy. */
export function through(proxyEndpoint: string, options: ContainerOptions): ContainerOptions {
  return { ...options, endpoint: proxyEndpoint + new URL(options.endpoint).pathname };
}
