import { FaultProxy } from '@metering/testing-servers';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createOssStorage, type OssCredentials, type OssStorageOptions } from '../src/index.ts';
import { currentCredentials } from '../src/lib/credentials.ts';
import { account, newBucket, roleArn, startDouble } from './new-bucket.ts';

let clock = Date.now();
const double = await startDouble(() => clock);
const body = new Uint8Array([7]);
let sts: FaultProxy;

beforeAll(async () => {
  sts = await FaultProxy.start(double.endpoint);
});
afterEach(() => {
  vi.unstubAllEnvs();
  sts.reset();
  clock = Date.now();
});
afterAll(async () => {
  await sts.stop();
  await double.stop();
});

const withRole = (details: Partial<OssStorageOptions> = {}): OssStorageOptions => ({
  ...newBucket(double),
  assumeRoleArn: roleArn,
  stsEndpoint: sts.endpoint,
  ...details,
});

it('come from a function, asked once for many requests', async () => {
  const credentials = vi.fn(async () => account);
  await using storage = createOssStorage({ ...newBucket(double), credentials });
  await Promise.all(Array.from({ length: 20 }, (_, i) => storage.put(`k${i}`, body)));
  expect(credentials).toHaveBeenCalledTimes(1);
});

it('come from the default chain where none are given', async () => {
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', account.accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', account.accessKeySecret);
  const { credentials: _, ...options } = newBucket(double);
  await using storage = createOssStorage(options);
  await storage.put('a', body);
  expect(await storage.get('a')).toEqual(body);
});

it('are asked for again after a failure', async () => {
  const credentials = vi
    .fn<() => Promise<OssCredentials>>()
    .mockRejectedValueOnce(new Error('vault is sealed'))
    .mockResolvedValue(account);
  await using storage = createOssStorage({ ...newBucket(double), credentials });
  await expect(storage.put('a', body)).rejects.toThrow('vault is sealed');
  await storage.put('a', body);
});

it('of a role are taken on once for many requests, and their token goes along', async () => {
  await using storage = createOssStorage(withRole());
  await Promise.all(Array.from({ length: 20 }, (_, i) => storage.put(`k${i}`, body)));
  expect(sts.requests).toHaveLength(1);
});

it('of a role may need an external id', async () => {
  const assumeRoleArn = `${roleArn}-external`;
  await using without = createOssStorage(withRole({ assumeRoleArn }));
  const refused = without.put('a', body);
  await expect(refused).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  await expect(refused).rejects.toThrow(assumeRoleArn);
  const details = { externalId: 'partner', sessionName: 'billing', durationSeconds: 900 };
  await using storage = createOssStorage(withRole({ assumeRoleArn, ...details }));
  await storage.put('a', body);
});

it('of a role are asked for at an STS endpoint without https://, as Alibaba spells it', async () => {
  const stsEndpoint = 'sts.cn-nowhere.aliyuncs.invalid';
  await using storage = createOssStorage(withRole({ stsEndpoint, attempts: 1 }));
  await expect(storage.put('a', body)).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
});

it('of a role are not asked for elsewhere: what was signed for STS goes to no other address', async () => {
  const elsewhere = await FaultProxy.start(double.endpoint);
  const location = `${elsewhere.endpoint}/`;
  sts.inject({ kind: 'status', status: 307, body: '', headers: { location } });
  await using storage = createOssStorage(withRole({ attempts: 1 }));
  await expect(storage.put('a', body)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(elsewhere.requests).toEqual([]);
  await elsewhere.stop();
});

it('that are no text fail the call, which names them', async () => {
  const credentials = async () => ({ accessKeyId: 'a', accessKeySecret: {} }) as OssCredentials;
  await using storage = createOssStorage({ ...newBucket(double), credentials });
  await expect(storage.put('a', body)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(storage.put('a', body)).rejects.toThrow('accessKeySecret');
});

it('of a role may take on another role: roles chain', async () => {
  const first = currentCredentials(withRole(), 'cn-hangzhou');
  await using storage = createOssStorage(withRole({ credentials: () => first() }));
  await storage.put('a', body);
  expect(sts.requests).toHaveLength(2);
});

it('of a role are renewed before the shortest session ends, once for all that wait', async () => {
  const credentials = currentCredentials(
    { ...withRole({ durationSeconds: 900 }), now: () => clock },
    'cn-hangzhou',
  );
  const first = await credentials();
  clock += 11 * 60_000;
  expect(await credentials()).toEqual(first);
  clock += 2 * 60_000;
  const renewed = await Promise.all([credentials(), credentials(), credentials()]);
  expect(sts.requests).toHaveLength(2);
  expect(new Set(renewed.map(({ securityToken }) => securityToken)).size).toBe(1);
  expect(renewed[0]?.securityToken).not.toBe(first.securityToken);
});

it('of a role that are still good outlive a failed renewal, and ended ones are never used', async () => {
  const credentials = currentCredentials(
    { ...withRole({ durationSeconds: 900 }), now: () => clock },
    'cn-hangzhou',
  );
  const first = await credentials();
  sts.inject({ kind: 'status', status: 500, body: '{}' }, () => true, 100);
  clock += 14 * 60_000;
  expect(await credentials()).toEqual(first);
  clock += 2 * 60_000;
  await expect(credentials()).rejects.toThrow(roleArn);
});

it('that have ended are UNAUTHENTICATED and say so', async () => {
  const session = await currentCredentials(withRole({ durationSeconds: 900 }), 'cn-hangzhou')();
  await using storage = createOssStorage({ ...newBucket(double), credentials: session });
  await storage.put('a', body);
  clock += 15 * 60_000;
  const call = storage.put('a', body);
  await expect(call).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(call).rejects.toThrow('expired');
});
