import { type AzureContainer, newAzureContainer } from '@metering/testing-servers/azure';
import { inject } from 'vitest';

/** Makes a container, and gives options for a storage in it. */
export function newContainer(): Promise<AzureContainer> {
  return newAzureContainer(inject('azurite'));
}

/** The same options, but on the way through a proxy. */
export function through(proxyEndpoint: string, options: AzureContainer): AzureContainer {
  return { ...options, endpoint: proxyEndpoint + new URL(options.endpoint).pathname };
}
