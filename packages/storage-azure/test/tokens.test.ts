import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { StorageProvider } from '@metering/core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AzureStorageOptions, createAzureStorage } from '../src/index.ts';
import { accessToken, type SecureAzurite, startSecureAzurite } from './secure-azurite.ts';

const identityLoaded = vi.hoisted(() => vi.fn());
vi.mock('@azure/identity', async (importOriginal) => {
  identityLoaded();
  return importOriginal();
});

const body = new Uint8Array([7]);
const hour = 3_600_000;
let azurite: SecureAzurite;
let options: AzureStorageOptions;

beforeAll(async () => {
  azurite = await startSecureAzurite();
  const { endpoint, accountName, accountKey, certificateAuthority } = azurite;
  options = { container: 'usage', endpoint, certificateAuthority };
  await createContainer({ ...options, accountName, accountKey });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.clearAllMocks();
});
afterAll(() => azurite.stop());

/** The certificate is none that the client of an application would trust by itself. */
async function createContainer(options: AzureStorageOptions): Promise<void> {
  const { createClient } = await import('../src/lib/create-client.ts');
  const { client, close } = createClient(options);
  await client.create();
  close();
}

async function roundTrip(storage: StorageProvider): Promise<void> {
  await storage.put('a', body);
  expect(await storage.get('a')).toEqual(body);
  for await (const { key } of storage.list()) expect(key).toBe('a');
}

describe('TLS', () => {
  it('trusts a private authority that is given, and fails closed without it', async () => {
    const { accountName, accountKey, endpoint } = azurite;
    const login = { container: 'usage', endpoint, accountName, accountKey };
    await using trusting = createAzureStorage({ ...options, ...login });
    await roundTrip(trusting);
    await using strange = createAzureStorage(login);
    await expect(strange.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: false });
  });
});

describe('a credential', () => {
  it('that has no token is UNAUTHENTICATED, and named', async () => {
    const credential = { getToken: async () => null };
    await using storage = createAzureStorage({ ...options, credential });
    const call = storage.put('a', body);
    await expect(call).rejects.toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
    await expect(call).rejects.toThrow('the credential gave no token');
  });

  it('is asked for a token once for many requests', async () => {
    const expiresOnTimestamp = Date.now() + hour;
    const getToken = vi.fn(async () => ({
      token: accessToken(expiresOnTimestamp),
      expiresOnTimestamp,
    }));
    await using storage = createAzureStorage({ ...options, credential: { getToken } });
    await roundTrip(storage);
    await Promise.all(Array.from({ length: 20 }, () => storage.put('a', body)));
    expect(getToken).toHaveBeenCalledTimes(1);
    expect(getToken).toHaveBeenCalledWith(
      ['https://storage.azure.com/.default'],
      expect.anything(),
    );
    expect(identityLoaded).not.toHaveBeenCalled();
  });

  it('whose token is refused is UNAUTHENTICATED, and the token is not shown', async () => {
    const token = accessToken(Date.now() - hour);
    const getToken = async () => ({ token, expiresOnTimestamp: Date.now() + hour });
    await using storage = createAzureStorage({ ...options, credential: { getToken } });
    for (const call of [() => storage.get('a'), () => storage.head('a')]) {
      const error = await call().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
      expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/planted|Bearer/);
    }
  });

  it('that fails is UNAUTHENTICATED with its reason, and is asked again by the next call', async () => {
    const getToken = vi.fn(async () => {
      throw new Error('the tenant is unknown');
    });
    await using storage = createAzureStorage({ ...options, credential: { getToken } });
    for (let attempt = 1; attempt <= 2; attempt++) {
      const call = storage.put('a', body);
      await expect(call).rejects.toMatchObject({ code: 'UNAUTHENTICATED', operation: 'put' });
      await expect(call).rejects.toThrow('the tenant is unknown');
      expect(getToken).toHaveBeenCalledTimes(attempt);
    }
  });
});

describe('without a key, a signature or a credential', () => {
  let identity: Server;
  let tokens = 0;

  /** What a managed identity's endpoint is to an application on Azure. */
  beforeAll(async () => {
    identity = createServer((_, response) => {
      tokens += 1;
      const expiresAtMs = Date.now() + hour;
      const expires_on = String(Math.floor(expiresAtMs / 1000));
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          ...{ access_token: accessToken(expiresAtMs), expires_on, token_type: 'Bearer' },
          resource: 'https://storage.azure.com',
        }),
      );
    }).listen(0, '127.0.0.1');
    await once(identity, 'listening');
  });
  afterAll(() => identity.close());

  it('DefaultAzureCredential is loaded at the first call and gives the tokens', async () => {
    const { port } = identity.address() as AddressInfo;
    vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'ManagedIdentityCredential');
    vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${port}/msi/token`);
    vi.stubEnv('IDENTITY_HEADER', 'planted-identity-header');
    await using storage = createAzureStorage(options);
    expect(identityLoaded).not.toHaveBeenCalled();
    await Promise.all([roundTrip(storage), roundTrip(storage)]);
    expect(identityLoaded).toHaveBeenCalledTimes(1);
    expect(tokens).toBe(1);
  });

  it('and where DefaultAzureCredential finds nothing, a call is UNAUTHENTICATED and says so', async () => {
    vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'EnvironmentCredential');
    await using storage = createAzureStorage(options);
    const call = storage.get('a');
    await expect(call).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(call).rejects.toThrow('DefaultAzureCredential gave no token');
  });
});
