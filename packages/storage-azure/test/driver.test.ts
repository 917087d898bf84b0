import { openStorage } from '@metering/config';
import type { StorageProvider } from '@metering/core';
import { type AzureContainer, azureContainerClient } from '@metering/testing-servers/azure';
import { describe, expect, it } from 'vitest';
import { azureDriver, createAzureDriver } from '../src/index.ts';
import { newContainer } from './new-container.ts';

const body = new Uint8Array([1, 2, 3]);

async function roundTrip(storage: StorageProvider): Promise<void> {
  await storage.put('k', body, { mode: 'create' });
  expect(await storage.get('k')).toEqual(body);
}

function uriOf({ container, accountName, accountKey, endpoint }: AzureContainer) {
  const parameters = new URLSearchParams({ endpoint, 'account-name': accountName });
  parameters.set('account-key', accountKey);
  return (scheme: string, path: string) => `${scheme}://${container}${path}?${parameters}`;
}

describe('a configuration', () => {
  it('opens a container from a URI of either scheme, its prefix applied', async () => {
    const uri = uriOf(await newContainer());
    await using below = await openStorage(uri('azure', '/a/b'), [azureDriver]);
    await roundTrip(below);
    await using whole = await openStorage(uri('azblob', ''), [azureDriver]);
    expect(await whole.get('a/b/k')).toEqual(body);
  });

  it('opens a container from its section', async () => {
    const { container: bucket, endpoint, accountName, accountKey } = await newContainer();
    const azure = { accountName, accountKey };
    const config = { type: 'azure', bucket, endpoint, azure } as const;
    await using storage = await openStorage(config, [azureDriver]);
    await roundTrip(storage);
  });

  it('opens a container with what a driver was given in code', async () => {
    const { container: bucket, ...options } = await newContainer();
    const driver = createAzureDriver({ ...options, concurrency: 2 });
    await using storage = await openStorage({ type: 'azure', bucket }, [driver]);
    await roundTrip(storage);
  });

  it('opens a container with a client that is given', async () => {
    const options = await newContainer();
    const driver = createAzureDriver({ client: azureContainerClient(options) });
    await using storage = await openStorage(`azure://${options.container}`, [driver]);
    await roundTrip(storage);
  });

  it('goes before what a driver was given in code, as to how to log in, too', async () => {
    const options = await newContainer();
    const credential = {
      getToken: () => {
        throw new Error('not called');
      },
    };
    const driver = createAzureDriver({ credential, endpoint: 'https://elsewhere.invalid' });
    await using storage = await openStorage(uriOf(options)('azure', ''), [driver]);
    await roundTrip(storage);
  });

  it('that cannot be is a TypeError', async () => {
    const opening = openStorage('azure://usage', [azureDriver]);
    await expect(opening).rejects.toBeInstanceOf(TypeError);
    await expect(opening).rejects.toThrow('accountName or endpoint is required');
  });
});
