import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probeStorage, type StorageProvider } from '@metering/core';
import { FaultProxy } from '@metering/testing-servers';
import { expectOneWinner } from '@metering/testing-servers/cases';
import S3rver from 's3rver';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createS3Storage } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

const mine = new TextEncoder().encode('mine');
const theirs = new TextEncoder().encode('theirs');

describeEachServer('exclusive create', ({ endpoint, newBucket }) => {
  it('lets exactly one of 50 racers win', async () => {
    const options = await newBucket();
    const racer = () => createS3Storage({ ...options, exclusiveCreate: true });
    await expectOneWinner(Array.from({ length: 50 }, racer));
  });

  it('is unknown at first, and found out with three more requests in all', async () => {
    const proxy = await FaultProxy.start(endpoint);
    await using storage = createS3Storage({ ...(await newBucket()), endpoint: proxy.endpoint });
    expect(storage.capabilities.exclusiveCreate).toBe('unknown');
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => storage.put(`k${i}`, mine, { mode: 'create' })),
    );
    expect(storage.capabilities.exclusiveCreate).toBe(true);
    expect(proxy.requests).toHaveLength(13);
    const left: string[] = [];
    for await (const { key } of storage.list()) left.push(key);
    expect(left).toEqual(Array.from({ length: 10 }, (_, i) => `k${i}`));
    await proxy.stop();
  });

  it('is found to hold by the probe of any provider', async () => {
    await using storage = createS3Storage(await newBucket());
    expect(await probeStorage(storage)).toMatchObject({ ok: true, exclusiveCreate: true });
  });

  it('asks again when another create of the same key was under way', async () => {
    const proxy = await FaultProxy.start(endpoint);
    const options = { ...(await newBucket()), endpoint: proxy.endpoint, exclusiveCreate: true };
    await using storage = createS3Storage(options);
    const body = '<Error><Code>ConditionalRequestConflict</Code><Message>m</Message></Error>';
    proxy.inject({ kind: 'status', status: 409, body }, () => true, 2);
    await storage.put('k', mine, { mode: 'create' });
    expect(proxy.requests).toHaveLength(3);
    expect(await storage.get('k')).toEqual(mine);
    await proxy.stop();
  });
});

/** s3rver answers 200 to a conditional PUT and replaces what is there. */
describe('a store that ignores If-None-Match', () => {
  let server: S3rver;
  let directory: string;
  let storage: StorageProvider;
  let proxy: FaultProxy;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'metering-s3rver-'));
    const configureBuckets = [{ name: 'test' }];
    server = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory,
      configureBuckets,
    });
    const { port } = await server.run();
    proxy = await FaultProxy.start(`http://127.0.0.1:${port}`);
  });
  beforeEach(() => {
    proxy.reset();
    storage = createS3Storage({
      bucket: 'test',
      endpoint: proxy.endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    });
  });
  afterAll(async () => {
    await proxy.stop();
    await server.close();
    await rm(directory, { recursive: true });
  });

  it('is found out, and create is UNSUPPORTED instead of replacing anything', async () => {
    await storage.put('k', theirs);
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(storage.put('k', mine, { mode: 'create' })).rejects.toMatchObject({
        code: 'UNSUPPORTED',
      });
    }
    expect(storage.capabilities.exclusiveCreate).toBe(false);
    expect(await storage.get('k')).toEqual(theirs);
    expect(proxy.requests.map(({ method }) => method)).toEqual([
      'PUT',
      'PUT',
      'PUT',
      'DELETE',
      'GET',
    ]);
  });

  it('is reported by the probe', async () => {
    expect(await probeStorage(storage)).toMatchObject({ ok: false, exclusiveCreate: false });
  });
});
