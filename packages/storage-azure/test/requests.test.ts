import { metaKey, type StorageProvider } from '@metering/core';
import { createMetaReader } from '@metering/reader';
import { FaultProxy } from '@metering/testing-servers';
import { type AzureContainer, azureContainerClient } from '@metering/testing-servers/azure';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { type AzureClientLike, createAzureStorage } from '../src/index.ts';
import { newContainer, through } from './new-container.ts';

const body = new Uint8Array([1, 2, 3]);
const DAY = 86_400;

let proxy: FaultProxy;
let options: AzureContainer;
let storage: StorageProvider;

beforeAll(async () => {
  proxy = await FaultProxy.start(inject('azurite').endpoint);
  options = through(proxy.endpoint, await newContainer());
  storage = createAzureStorage(options);
});
beforeEach(() => proxy.reset());
afterAll(async () => {
  await storage.close();
  await proxy.stop();
});

const methods = () => proxy.requests.map(({ method }) => method);

it('takes one request to write, to read, to ask and to delete', async () => {
  await storage.put('one', body, { mode: 'create' });
  await storage.put('one', body);
  await storage.get('one');
  await storage.head('one');
  await storage.delete('one');
  await storage.delete('one');
  expect(methods()).toEqual(['PUT', 'PUT', 'GET', 'HEAD', 'DELETE', 'DELETE']);
  expect(proxy.requests[0]?.headers['if-none-match']).toBe('*');
  expect(proxy.requests[1]?.headers['if-none-match']).toBeUndefined();
});

it('takes one to be told that there is nothing, or something', async () => {
  await expect(storage.get('none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(storage.head('none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await storage.put('some', body);
  const again = storage.put('some', body, { mode: 'create' });
  await expect(again).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
  expect(methods()).toEqual(['GET', 'HEAD', 'PUT', 'PUT']);
});

it('takes one for 20 MB, too, which others upload in blocks', async () => {
  const large = new Uint8Array(20_000_000).fill(7);
  await storage.put('large', large, { mode: 'create' });
  expect(Buffer.compare(await storage.get('large'), large)).toBe(0);
  expect(methods()).toEqual(['PUT', 'GET']);
  expect(proxy.requests[0]?.url).not.toContain('comp=');
});

it('never sets a Content-Encoding, which clients would undo behind our back', async () => {
  await storage.put('plain', body);
  expect(proxy.requests[0]?.headers['content-encoding']).toBeUndefined();
  expect(proxy.requests[0]?.headers['x-ms-blob-content-encoding']).toBeUndefined();
});

it('sends no request for a key that Azure would hold under another name', async () => {
  for (const key of ['a.', 'a./b', 'a/b...', 'a\\b', Array(255).fill('s').join('/')]) {
    for (const call of ['put', 'get', 'head', 'delete'] as const) {
      await expect(storage[call](key, body as never)).rejects.toMatchObject({
        code: 'INVALID_KEY',
        operation: call,
      });
    }
  }
  expect(proxy.requests).toHaveLength(0);
  await storage.put(Array(254).fill('s').join('/'), body);
  await storage.put('.a/..b/c.d', body);
});

it('lists by pages of 5,000, and asks for no more of them than are taken', async () => {
  const keys = Array.from({ length: 25 }, (_, i) => `k/${String(i).padStart(5, '0')}`);
  await Promise.all(keys.map((key) => storage.put(key, body)));
  await using few = createAzureStorage({ container: options.container, client: listingTens() });
  const listed: string[] = [];
  proxy.reset();
  for await (const { key } of few.list({ prefix: 'k/' })) listed.push(key);
  expect(listed).toEqual(keys);
  expect(proxy.requests).toHaveLength(3);
  proxy.reset();
  for await (const { key } of few.list({ prefix: 'k/' })) if (key === keys[10]) break;
  expect(proxy.requests).toHaveLength(2);
  proxy.reset();
  for await (const { key } of storage.list({ prefix: 'k/' })) if (key === keys[10]) break;
  expect(proxy.requests.map(({ url }) => url)).toEqual([
    expect.stringContaining('maxresults=5000'),
  ]);
});

/** A client that is given ten names a page. */
function listingTens(): AzureClientLike {
  const client = azureContainerClient(options);
  return {
    containerName: client.containerName,
    getBlockBlobClient: (name) => client.getBlockBlobClient(name),
    listBlobsFlat: (query) => ({
      byPage: (settings) => client.listBlobsFlat(query).byPage({ ...settings, maxPageSize: 10 }),
    }),
  };
}

it('asks for a listing from near its start, but only where that is within the prefix', async () => {
  const asked = async (prefix: string, startAfter: string) => {
    proxy.reset();
    for await (const { key } of storage.list({ prefix, startAfter })) expect(key).not.toBe('');
    return proxy.requests.map(({ url }) => new URL(url, 'http://h').searchParams.get('startFrom'));
  };
  expect(await asked('', '')).toEqual([null]);
  expect(await asked('', 'x')).toEqual(['x']);
  expect(await asked('some', 'some')).toEqual(['some']);
  expect(await asked('some', 'some/ü 😀')).toEqual(['some/ü 😀']);
  expect(await asked('some', 'a')).toEqual([null]);
  expect(await asked('some', 'sonne')).toEqual([]);
  expect(await asked('', 'a\nb')).toEqual(['a']);
  expect(await asked('', '\0')).toEqual([null]);
  expect(await asked('', '😀'.repeat(2_000))).toEqual(['😀'.repeat(1_024)]);
});

it('finds the newest of many evenly spaced versions in few', async () => {
  const times = Array.from({ length: 100 }, (_, i) => 1_700_000_000 + i * DAY);
  const key = (modifyTs: number) => metaKey({ type: 'logic', clusterId: 'c', modifyTs });
  await Promise.all(times.map((modifyTs) => storage.put(key(modifyTs), body)));
  for (const at of [undefined, 1_700_000_000 + 50 * DAY + 7]) {
    proxy.reset();
    const reader = createMetaReader({ storage, cache: false });
    await expect(reader.read({ clusterId: 'c', type: 'logic', at })).rejects.toThrow(/gzip/i);
    const lists = proxy.requests.filter(({ url }) => url.includes('comp=list'));
    expect(lists.length).toBeLessThanOrEqual(3);
  }
});
