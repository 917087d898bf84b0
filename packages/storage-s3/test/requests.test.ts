import { metaKey, type StorageProvider } from '@metering/core';
import { createMetaReader } from '@metering/reader';
import { FaultProxy } from '@metering/testing-servers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createS3Storage, type S3StorageOptions } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

const body = new Uint8Array([1, 2, 3]);

describeEachServer('requests', ({ endpoint, newBucket }) => {
  let proxy: FaultProxy;
  let options: S3StorageOptions;
  let storage: StorageProvider;

  beforeAll(async () => {
    proxy = await FaultProxy.start(endpoint);
    options = { ...(await newBucket()), endpoint: proxy.endpoint, exclusiveCreate: true };
    storage = createS3Storage(options);
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

  it('takes one more only to tell a missing key from a missing bucket', async () => {
    await expect(storage.head('none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(methods()).toEqual(['HEAD', 'GET']);
  });

  it('never sets a Content-Encoding, which clients would undo behind our back', async () => {
    await storage.put('plain', body);
    expect(proxy.requests[0]?.headers['content-encoding']).toBeUndefined();
    expect(proxy.requests[0]?.headers['x-amz-checksum-crc32']).toBeUndefined();
  });

  it('sends checksums where they are asked for', async () => {
    const clientConfig = { requestChecksumCalculation: 'WHEN_SUPPORTED' } as const;
    await using eager = createS3Storage({ ...options, clientConfig });
    await eager.put('checked', body);
    expect(proxy.requests[0]?.headers['x-amz-checksum-crc32']).toBeDefined();
  });

  it('lists 1,000 keys with a request, and asks for no more than are taken', async () => {
    await using many = createS3Storage({ ...(await newBucket()), endpoint: proxy.endpoint });
    const keys = Array.from({ length: 2100 }, (_, i) => `k/${String(i).padStart(5, '0')}`);
    await Promise.all(keys.map((key) => many.put(key, body)));
    proxy.reset();
    const listed: string[] = [];
    for await (const { key } of many.list({ prefix: 'k/' })) listed.push(key);
    expect(listed).toEqual(keys);
    expect(proxy.requests).toHaveLength(3);
    proxy.reset();
    for await (const { key } of many.list({ prefix: 'k/' })) if (key === keys[10]) break;
    expect(proxy.requests).toHaveLength(1);
  });

  it('finds the newest of 10,000 evenly spaced versions in at most three', async () => {
    const versions = await newBucket();
    await using direct = createS3Storage(versions);
    const times = Array.from({ length: 10_000 }, (_, i) => 1_700_000_000 + i * 600);
    const key = (modifyTs: number) => metaKey({ type: 'logic', clusterId: 'c', modifyTs });
    await Promise.all(times.map((modifyTs) => direct.put(key(modifyTs), body)));
    await using counted = createS3Storage({ ...versions, endpoint: proxy.endpoint });
    for (const at of [undefined, 1_700_000_000 + 5_000 * 600 + 7, 1_700_000_000 + 9_990 * 600]) {
      proxy.reset();
      const reader = createMetaReader({ storage: counted, cache: false });
      await expect(reader.read({ clusterId: 'c', type: 'logic', at })).rejects.toThrow(/gzip/i);
      const lists = proxy.requests.filter(({ url }) => url.includes('list-type=2'));
      expect(lists.length).toBeLessThanOrEqual(3);
    }
  });
});
