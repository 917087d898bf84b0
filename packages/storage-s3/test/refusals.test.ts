import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { FaultProxy, minio, startServer } from '@metering/testing-servers';
import { afterEach, expect, it, vi } from 'vitest';
import { createS3Storage, type S3Credentials } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

const body = new Uint8Array([1]);

afterEach(() => {
  vi.useRealTimers();
});

describeEachServer(
  'refusals',
  ({ endpoint, newBucket }) => {
    /** A session that may do only what it is told. */
    async function session(
      base: S3Credentials,
      actions: readonly string[],
    ): Promise<S3Credentials> {
      const { accessKeyId, secretAccessKey } = base;
      const sts = new STSClient({
        endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId, secretAccessKey },
      });
      const statement = { Effect: 'Allow', Action: actions, Resource: 'arn:aws:s3:::*' };
      const { Credentials: keys } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: 'arn:aws:iam::123456789012:role/metering',
          RoleSessionName: 'test',
          Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
        }),
      );
      return {
        accessKeyId: keys!.AccessKeyId!,
        secretAccessKey: keys!.SecretAccessKey!,
        sessionToken: keys!.SessionToken,
      };
    }

    it('what the credentials do not allow is PERMISSION_DENIED', async () => {
      const options = await newBucket();
      const credentials = await session(options.credentials, ['s3:GetObject']);
      await using storage = createS3Storage({ ...options, credentials });
      await expect(storage.put('a', body)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
      await expect(storage.delete('a')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    });

    it('a missing key without permission to list says that it may be missing', async () => {
      const proxy = await FaultProxy.start(endpoint);
      await using storage = createS3Storage({ ...(await newBucket()), endpoint: proxy.endpoint });
      const answer = '<Error><Code>AccessDenied</Code><Message>m</Message></Error>';
      proxy.inject({ kind: 'status', status: 403, body: answer }, () => true, 3);
      for (const operation of ['get', 'head'] as const) {
        const call = storage[operation]('none');
        await expect(call).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
        await expect(call).rejects.toThrow('s3:ListBucket');
      }
      await proxy.stop();
    });

    it('a clock that is off is CLOCK_SKEW, and made up for by a second attempt', async () => {
      const options = await newBucket();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
      await using strict = createS3Storage({ ...options, clientConfig: { maxAttempts: 1 } });
      await expect(strict.put('a', body)).rejects.toMatchObject({ code: 'CLOCK_SKEW' });
      await using storage = createS3Storage(options);
      await storage.put('a', body);
    });

    it('a bucket in another region names the region', async () => {
      const server = await startServer(minio, { region: 'eu-west-1' });
      if ('missing' in server) throw new Error(server.missing);
      const { accessKeyId, secretAccessKey } = server;
      await using storage = createS3Storage({
        bucket: 'any',
        endpoint: server.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId, secretAccessKey },
      });
      // It answers before it has read of which region it is.
      await vi.waitFor(
        () => expect(storage.get('a')).rejects.toMatchObject({ code: 'UNSUPPORTED' }),
        { timeout: 10_000, interval: 100 },
      );
      await expect(storage.get('a')).rejects.toThrow('eu-west-1');
      await server.stop();
    });
  },
  ['minio'],
);
