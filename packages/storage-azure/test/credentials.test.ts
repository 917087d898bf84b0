import { join } from 'node:path';
import {
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import type { AzureContainer } from '@metering/testing-servers/azure';
import { runFromSource } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { newContainer } from './new-container.ts';

const body = new Uint8Array([7]);

/** A signature for one container, as an administrator hands it out. */
function signature(
  { container, accountName, accountKey }: AzureContainer,
  permissions = 'rcwdl',
  startsOn = new Date(Date.now() - 60_000),
): string {
  const values = {
    containerName: container,
    permissions: ContainerSASPermissions.parse(permissions),
    startsOn,
    expiresOn: new Date(startsOn.getTime() + 600_000),
  };
  const credential = new StorageSharedKeyCredential(accountName, accountKey);
  return generateBlobSASQueryParameters(values, credential).toString();
}

describe('a shared access signature', () => {
  it.each([
    ['without', (token: string) => token],
    ['with', (token: string) => `?${token}`],
  ])('does %s its question mark, account or not', async (_, spelled) => {
    const options = await newContainer();
    const { container, endpoint, accountName } = options;
    const sasToken = spelled(signature(options));
    for (const account of [{ accountName }, {}]) {
      await using storage = createAzureStorage({ container, endpoint, sasToken, ...account });
      await storage.put('a b/ü+%', body);
      expect(await storage.get('a b/ü+%')).toEqual(body);
      expect(await storage.head('a b/ü+%')).toMatchObject({ size: 1 });
      for await (const { key } of storage.list({ prefix: 'a ' })) expect(key).toBe('a b/ü+%');
      await storage.delete('a b/ü+%');
    }
  });

  it('for reading alone is PERMISSION_DENIED to write', async () => {
    const options = await newContainer();
    const { container, endpoint } = options;
    const sasToken = signature(options, 'rl');
    await using storage = createAzureStorage({ container, endpoint, sasToken });
    await expect(storage.put('a', body)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(storage.get('a')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that has ended is refused', async () => {
    const options = await newContainer();
    const { container, endpoint } = options;
    const sasToken = signature(options, 'rcwdl', new Date(Date.now() - 3_600_000));
    await using storage = createAzureStorage({ container, endpoint, sasToken });
    await expect(storage.get('a')).rejects.toMatchObject({
      code: expect.stringMatching(/UNAUTHENTICATED|PERMISSION_DENIED/),
      retryable: false,
    });
  });
});

describe('an endpoint', () => {
  it('may end in a slash', async () => {
    const options = await newContainer();
    await using storage = createAzureStorage({ ...options, endpoint: `${options.endpoint}/` });
    await storage.put('a', body);
    expect(await storage.get('a')).toEqual(body);
  });
});

it('where @azure/identity is needed and not installed, a call says that it is to be installed', async () => {
  const child = join(import.meta.dirname, 'children/without-identity.ts');
  const { stdout } = await runFromSource(child, { missing: '@azure/identity' });
  expect(JSON.parse(stdout)).toMatchObject({
    code: 'UNAUTHENTICATED',
    message: expect.stringContaining('@azure/identity is needed: install it'),
  });
});
