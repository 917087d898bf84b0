import { FaultProxy } from '@metering/testing-servers';
import { azureContainerClient } from '@metering/testing-servers/azure';
import { runClientCases } from '@metering/testing-servers/cases';
import { describe, expect, inject, it, vi } from 'vitest';
import { createAzureStorage } from '../src/index.ts';
import { newContainer, through } from './new-container.ts';

const body = new Uint8Array([1]);

async function startProxy(): Promise<FaultProxy> {
  return FaultProxy.start(inject('azurite').endpoint);
}

describe('a client that is given', () => {
  it('is used as it is, and left open', async () => {
    const options = await newContainer();
    const client = azureContainerClient(options);
    const storage = createAzureStorage({ container: options.container, client });
    await storage.put('a', body, { mode: 'create' });
    expect(await storage.get('a')).toEqual(body);
    expect(await storage.head('a')).toMatchObject({ key: 'a', size: 1 });
    await storage.close();
    expect((await client.getBlockBlobClient('a').getProperties()).contentLength).toBe(1);
  });

  it('tries again as it is told itself, and we do not on top of it', async () => {
    const proxy = await startProxy();
    const options = through(proxy.endpoint, await newContainer());
    const client = azureContainerClient(options);
    await using storage = createAzureStorage({ container: options.container, client });
    proxy.inject({ kind: 'status', status: 429, body: '' }, () => true, 100);
    await expect(storage.get('a')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(proxy.requests).toHaveLength(1);
    await proxy.stop();
  });
});

describe('the client', () => {
  runClientCases({
    endpoint: inject('azurite').endpoint,
    open: async (proxyEndpoint, settings) =>
      createAzureStorage({ ...through(proxyEndpoint, await newContainer()), ...settings }),
  });
});

describe('sockets', () => {
  it('are given up when no answer comes', async () => {
    const proxy = await startProxy();
    const options = through(proxy.endpoint, await newContainer());
    await using storage = createAzureStorage({ ...options, requestTimeoutMs: 200, attempts: 2 });
    proxy.inject({ kind: 'slow-headers', delayMs: 60_000 }, () => true, 100);
    const call = storage.get('a');
    await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    await expect(call).rejects.toThrow('ETIMEDOUT');
    expect(proxy.requests).toHaveLength(2);
    await vi.waitFor(() => expect(proxy.requests.every((seen) => seen.closedByClient)).toBe(true));
    await proxy.stop();
  });

  it('are kept for the next request, no more than are allowed, and ended by close', async () => {
    const proxy = await startProxy();
    const options = through(proxy.endpoint, await newContainer());
    const storage = createAzureStorage({ ...options, concurrency: 3 });
    await Promise.all(Array.from({ length: 30 }, (_, i) => storage.put(`k${i}`, body)));
    expect(proxy.mostAtOnce).toBeLessThanOrEqual(3);
    expect(proxy.requests).toHaveLength(30);
    proxy.inject({ kind: 'slow-headers', delayMs: 60_000 });
    const hanging = storage.get('k0');
    hanging.catch(() => undefined);
    await vi.waitFor(() => expect(proxy.requests).toHaveLength(31));
    await storage.close();
    await vi.waitFor(() => expect(proxy.requests[30]?.closedByClient).toBe(true));
    await proxy.stop();
  });
});

it('requests go through the proxy of the environment', async () => {
  const proxy = await startProxy();
  const options = await newContainer();
  vi.stubEnv('HTTP_PROXY', proxy.endpoint);
  await using storage = createAzureStorage(options);
  vi.unstubAllEnvs();
  proxy.inject({ kind: 'status', status: 403, body: '' });
  await expect(storage.get('a')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  expect(proxy.requests[0]?.url).toBe(`${options.endpoint}/${options.container}/a`);
  await proxy.stop();
});
