import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { StorageProvider } from '@metering/core';
import { FaultProxy } from '@metering/testing-servers';
import { runFromSource } from '@metering/testing-support';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createS3Storage, type S3Credentials, type S3StorageOptions } from '../src/index.ts';
import { roleCredentials } from '../src/lib/credentials.ts';
import { describeEachServer } from './each-server.ts';

type SdkCredentials = NonNullable<S3ClientConfig['credentials']>;

const body = new Uint8Array([7]);
const role = 'arn:aws:iam::123456789012:role/metering';

async function roundTrip(storage: StorageProvider): Promise<void> {
  await storage.put('a', body);
  expect(await storage.get('a')).toEqual(body);
  for await (const { key } of storage.list()) expect(key).toBe('a');
}

describeEachServer('credentials', ({ newBucket }) => {
  it('come from a function, asked once for many requests', async () => {
    const options = await newBucket();
    const credentials = vi.fn(async () => options.credentials);
    await using storage = createS3Storage({ ...options, credentials });
    await Promise.all(Array.from({ length: 20 }, (_, i) => storage.put(`k${i}`, body)));
    expect(credentials).toHaveBeenCalledTimes(1);
  });

  it('come from the environment where none are given', async () => {
    const { credentials, ...options } = await newBucket();
    const { accessKeyId, secretAccessKey } = credentials;
    vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
    await using storage = createS3Storage(options);
    await roundTrip(storage);
    vi.unstubAllEnvs();
  });

  it('of a function that gives none fail the call, which names them', async () => {
    const options = await newBucket();
    for (const given of [{ accessKeyId: 'only' }, { accessKeyId: 'a', secretAccessKey: {} }]) {
      const credentials = async () => given as S3Credentials;
      await using storage = createS3Storage({ ...options, credentials });
      await expect(storage.put('a', body)).rejects.toThrow('secretAccessKey');
    }
  });
});

describeEachServer(
  'roles',
  ({ endpoint, newBucket }) => {
    let proxy: FaultProxy;
    let options: S3StorageOptions;
    const sessions = () => proxy.requests.filter(({ method }) => method === 'POST').length;

    beforeAll(async () => {
      proxy = await FaultProxy.start(endpoint);
      options = { ...(await newBucket()), endpoint: proxy.endpoint, assumeRoleArn: role };
    });
    beforeEach(() => proxy.reset());
    afterAll(() => proxy.stop());

    it('are taken on at the store of the endpoint, once for many requests', async () => {
      await using storage = createS3Storage(options);
      await roundTrip(storage);
      await Promise.all(Array.from({ length: 20 }, (_, i) => storage.put(`k${i}`, body)));
      expect(sessions()).toBe(1);
      const writes = proxy.requests.filter(({ method }) => method === 'PUT');
      for (const { headers } of writes) expect(headers['x-amz-security-token']).toBeDefined();
    });

    it('work with an external id, a session name, a duration and an endpoint of their own', async () => {
      const details = { externalId: 'x', sessionName: 's', durationSeconds: 900 };
      await using storage = createS3Storage({
        ...options,
        ...details,
        stsEndpoint: proxy.endpoint,
      });
      await storage.put('b', body);
      expect(sessions()).toBe(1);
    });

    it('work together with clientConfig, whose credentials take them on', async () => {
      const { credentials, ...rest } = options;
      const clientConfig = { credentials: credentials as SdkCredentials, maxAttempts: 1 };
      await using storage = createS3Storage({ ...rest, clientConfig });
      await storage.put('c', body);
      expect(sessions()).toBe(1);
      expect(proxy.requests.at(-1)?.headers['x-amz-security-token']).toBeDefined();
    });

    it('are taken on with the region, the endpoint and the profile of clientConfig, too', async () => {
      const { accessKeyId, secretAccessKey } = options.credentials as S3Credentials;
      const folder = await mkdtemp(join(tmpdir(), 'metering-'));
      const file = join(folder, 'credentials');
      const keys = `aws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}`;
      await writeFile(file, `[billing]\n${keys}\n`);
      vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', file);
      vi.stubEnv('AWS_REGION', undefined);
      const { bucket, endpoint = '', assumeRoleArn } = options;
      const clientConfig = { region: 'us-east-1', profile: 'billing', forcePathStyle: true };
      await using there = createS3Storage({ bucket, assumeRoleArn, endpoint, clientConfig });
      await there.put('e', body);
      const all = { ...clientConfig, endpoint };
      await using storage = createS3Storage({ bucket, assumeRoleArn, clientConfig: all });
      await storage.put('f', body);
      expect(sessions()).toBe(2);
      expect(proxy.requests.at(-1)?.headers['x-amz-checksum-crc32']).toBeUndefined();
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    });

    it('are taken on from another session: roles chain', async () => {
      const base = roleCredentials({ ...options, source: options.credentials, requestHandler: {} });
      const credentials = base as () => Promise<S3Credentials>;
      await using storage = createS3Storage({ ...options, credentials });
      const outcome = await storage.put('d', body).catch((error: unknown) => error);
      // MinIO takes the first session's token but gives no session on a session.
      expect(sessions()).toBe(2);
      expect(outcome).toMatchObject({ message: expect.stringContaining(role) });
    });

    it('are renewed before the shortest session ends, once for all that wait', async () => {
      let clock = Date.now();
      const requestHandler = {};
      const source = options.credentials;
      const credentials = roleCredentials({
        ...options,
        ...{ source, requestHandler, durationSeconds: 900, now: () => clock },
      }) as () => Promise<S3Credentials>;
      const first = await credentials();
      expect(await credentials()).toEqual(first);
      clock += 11 * 60_000;
      expect(await credentials()).toEqual(first);
      clock += 2 * 60_000;
      const renewed = await Promise.all([credentials(), credentials(), credentials()]);
      expect(sessions()).toBe(2);
      expect(new Set(renewed.map(({ sessionToken }) => sessionToken)).size).toBe(1);
      expect(renewed[0]?.sessionToken).not.toBe(first.sessionToken);
    });

    it('keep a session that is still good when it cannot be renewed, and never an ended one', async () => {
      let clock = Date.now();
      const credentials = roleCredentials({
        ...options,
        ...{ source: options.credentials, requestHandler: {}, durationSeconds: 900 },
        now: () => clock,
      }) as () => Promise<S3Credentials>;
      const first = await credentials();
      const body = '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>';
      proxy.inject({ kind: 'status', status: 403, body }, () => true, 100);
      clock += 14 * 60_000;
      expect(await credentials()).toEqual(first);
      clock += 2 * 60_000;
      await expect(credentials()).rejects.toThrow(role);
    });

    it('that are refused are PERMISSION_DENIED and named', async () => {
      const answer = '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>';
      proxy.inject(
        { kind: 'status', status: 403, body: answer },
        ({ method }) => method === 'POST',
        9,
      );
      await using storage = createS3Storage(options);
      const error = await storage.get('a').catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'PERMISSION_DENIED' });
      expect((error as Error).message).toContain(role);
    });

    it('of wrong base credentials are refused and named', async () => {
      const credentials = { accessKeyId: 'NOBODY', secretAccessKey: 'planted-secret' };
      await using storage = createS3Storage({ ...options, credentials });
      const error = await storage.get('a').catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: expect.stringMatching(/UNAUTH|PERMISSION_DENIED/) });
      expect((error as Error).message).toContain(role);
    });

    it('a session token that is not valid is UNAUTHENTICATED', async () => {
      const keys = options.credentials as S3Credentials;
      const { assumeRoleArn: _, ...plain } = options;
      const credentials = { ...keys, sessionToken: 'planted-token' };
      await using storage = createS3Storage({ ...plain, credentials });
      await expect(storage.get('a')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    });
  },
  ['minio'],
);

// The call said only that a TypeError had come, for it was taken for one of the SDK's.
it('where a role needs @aws-sdk/client-sts and it is not installed, a call says that it is to be installed', async () => {
  const { stdout } = await runFromSource(join(import.meta.dirname, 'children/without-sts.ts'), {
    missing: '@aws-sdk/client-sts',
  });
  expect(JSON.parse(stdout)).toMatchObject({
    code: 'UNAUTHENTICATED',
    message: expect.stringContaining('@aws-sdk/client-sts: install it'),
  });
});
