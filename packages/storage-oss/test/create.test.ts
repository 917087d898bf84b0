import { probeStorage } from '@metering/core';
import { FaultProxy, type SeenRequest } from '@metering/testing-servers';
import { expectOneWinner } from '@metering/testing-servers/cases';
import { afterAll, expect, it } from 'vitest';
import { createOssStorage, type OssStorageOptions } from '../src/index.ts';
import { newBucket, roleArn, startDouble } from './new-bucket.ts';

const double = await startDouble();
afterAll(() => double.stop());

const body = new Uint8Array([1]);
const asksVersioning = ({ url }: SeenRequest) => url.includes('versioning');

it('lets exactly one of 50 racers win', async () => {
  const options = newBucket(double);
  await expectOneWinner(Array.from({ length: 50 }, () => createOssStorage(options)));
});

it('takes one request for each call, and one in all to ask for versioning', async () => {
  const proxy = await FaultProxy.start(double.endpoint);
  const options = { ...newBucket(double), endpoint: proxy.endpoint };
  await using storage = createOssStorage(options);
  expect(storage.capabilities.exclusiveCreate).toBe('unknown');
  const keys = Array.from({ length: 10 }, (_, i) => `k${i}`);
  await Promise.all(keys.map((key) => storage.put(key, body, { mode: 'create' })));
  expect(storage.capabilities.exclusiveCreate).toBe(true);
  expect(proxy.requests).toHaveLength(11);
  proxy.reset();
  await storage.put('k', body);
  await storage.get('k');
  await storage.head('k');
  await storage.delete('k');
  await expect(storage.head('k')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  for await (const { key } of storage.list()) expect(key).toMatch(/^k\d$/);
  const methods = proxy.requests.map(({ method }) => method);
  expect(methods).toEqual(['PUT', 'GET', 'HEAD', 'DELETE', 'HEAD', 'GET']);
  for (const { headers } of proxy.requests) expect(headers['content-encoding']).toBeUndefined();
  await proxy.stop();
});

it.each(['Enabled', 'Suspended'] as const)(
  'is UNSUPPORTED in a bucket whose versioning is %s, where it would replace what is there',
  async (versioning) => {
    const options = newBucket(double);
    double.setVersioning(options.bucket, versioning);
    await using storage = createOssStorage(options);
    await storage.put('k', body);
    for (let attempt = 0; attempt < 2; attempt++) {
      const call = storage.put('k', new Uint8Array([2]), { mode: 'create' });
      await expect(call).rejects.toMatchObject({ code: 'UNSUPPORTED' });
      await expect(call).rejects.toThrow(versioning);
    }
    expect(storage.capabilities.exclusiveCreate).toBe(false);
    expect(await storage.get('k')).toEqual(body);
    expect(await probeStorage(storage)).toMatchObject({ exclusiveCreate: false });
  },
);

it('does not take the page of a proxy for a bucket without versions', async () => {
  const proxy = await FaultProxy.start(double.endpoint);
  const options = { ...newBucket(double), endpoint: proxy.endpoint };
  double.setVersioning(options.bucket, 'Enabled');
  await using storage = createOssStorage(options);
  const headers = { 'content-type': 'text/html' };
  const page = '<html><body>Sign in</body></html>';
  proxy.inject({ kind: 'status', status: 200, body: page, headers }, asksVersioning);
  const create = () => storage.put('k', body, { mode: 'create' });
  await expect(create()).rejects.toMatchObject({ code: 'UNKNOWN' });
  expect(storage.capabilities.exclusiveCreate).toBe('unknown');
  await expect(create()).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  await proxy.stop();
});

it('names the permission that it takes to know, and takes a word for it', async () => {
  const proxy = await FaultProxy.start(double.endpoint);
  const answer = '<Error><Code>AccessDenied</Code><Message>m</Message></Error>';
  proxy.inject({ kind: 'status', status: 403, body: answer }, asksVersioning, 100);
  const options: OssStorageOptions = { ...newBucket(double), endpoint: proxy.endpoint };
  await using storage = createOssStorage(options);
  for (let attempt = 0; attempt < 2; attempt++) {
    const call = storage.put('k', body, { mode: 'create' });
    await expect(call).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    await expect(call).rejects.toThrow('oss:GetBucketVersioning');
  }
  expect(proxy.requests.filter(asksVersioning)).toHaveLength(1);
  await using vouched = createOssStorage({ ...options, exclusiveCreate: true });
  await vouched.put('k', body, { mode: 'create' });
  await proxy.stop();
});

it('of a role that is refused says so, and works once the role is given', async () => {
  const sts = await FaultProxy.start(double.endpoint);
  const refusal = '{"Code":"NoPermission","Message":"m"}';
  sts.inject({ kind: 'status', status: 403, body: refusal });
  const role = { assumeRoleArn: roleArn, stsEndpoint: sts.endpoint };
  await using storage = createOssStorage({ ...newBucket(double), ...role });
  const call = storage.put('k', body, { mode: 'create' });
  await expect(call).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  await expect(call).rejects.toThrow(roleArn);
  await storage.put('k', body, { mode: 'create' });
  await sts.stop();
});

it('asks again for versioning when the answer did not come', async () => {
  const proxy = await FaultProxy.start(double.endpoint);
  const answer = '<Error><Code>InternalError</Code><Message>m</Message></Error>';
  proxy.inject({ kind: 'status', status: 500, body: answer }, asksVersioning, 2);
  await using storage = createOssStorage({ ...newBucket(double), endpoint: proxy.endpoint });
  await storage.put('k', body, { mode: 'create' });
  expect(storage.capabilities.exclusiveCreate).toBe(true);
  await proxy.stop();
});
