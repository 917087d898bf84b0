import { S3Client } from '@aws-sdk/client-s3';
import { FaultProxy, minio, startServer } from '@metering/testing-servers';
import { runClientCases } from '@metering/testing-servers/cases';
import { makeCertificate } from '@metering/testing-servers/tls';
import { expect, it, vi } from 'vitest';
import { createS3Storage } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

const body = new Uint8Array([1]);

describeEachServer('the client', ({ endpoint, newBucket }) => {
  runClientCases({
    endpoint,
    open: async (proxyEndpoint, settings) =>
      createS3Storage({ ...(await newBucket()), endpoint: proxyEndpoint, ...settings }),
  });

  it('that is given is used as it is, and left open', async () => {
    const { bucket, ...connection } = await newBucket();
    const client = new S3Client(connection);
    const destroy = vi.spyOn(client, 'destroy');
    const before = client.middlewareStack.identify();
    const storage = createS3Storage({ bucket, client });
    await storage.put('a', body, { mode: 'create' });
    await storage.close();
    expect(destroy).not.toHaveBeenCalled();
    expect(client.middlewareStack.identify()).toEqual(before);
    expect(storage.capabilities.exclusiveCreate).toBe(true);
    client.destroy();
  });

  it.each([true, undefined])('asks for nothing after close (%s)', async (exclusiveCreate) => {
    const proxy = await FaultProxy.start(endpoint);
    const options = { ...(await newBucket()), endpoint: proxy.endpoint, exclusiveCreate };
    const storage = createS3Storage(options);
    proxy.inject({ kind: 'slow-headers', delayMs: 60_000 }, () => true, 100);
    const hanging = storage.put('a', body, { mode: 'create' });
    hanging.catch(() => undefined);
    await vi.waitFor(() => expect(proxy.requests).toHaveLength(1));
    await storage.close();
    await expect(hanging).rejects.toThrow('closed meanwhile');
    await vi.waitFor(() => expect(proxy.requests[0]?.closedByClient).toBe(true));
    expect(proxy.requests).toHaveLength(1);
    await proxy.stop();
  });

  it('gives up on an answer that does not come', async () => {
    const proxy = await FaultProxy.start(endpoint);
    const options = { ...(await newBucket()), endpoint: proxy.endpoint, requestTimeoutMs: 200 };
    await using storage = createS3Storage(options);
    proxy.inject({ kind: 'slow-headers', delayMs: 60_000 }, () => true, 100);
    await expect(storage.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    await proxy.stop();
  });
});

describeEachServer('TLS', () => {
  it('trusts a private authority that is given, and fails closed without it', async () => {
    const certificate = await makeCertificate();
    const server = await startServer(minio, { certificates: certificate.folder });
    if ('missing' in server) throw new Error(server.missing);
    const { endpoint, accessKeyId, secretAccessKey } = server;
    const options = {
      bucket: 'test',
      ...{ endpoint, credentials: { accessKeyId, secretAccessKey } },
    };
    await using trusting = createS3Storage({
      ...options,
      certificateAuthority: certificate.authority,
    });
    await expect(trusting.get('a')).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' });
    await using strange = createS3Storage(options);
    await expect(strange.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: false });
    await server.stop();
    await certificate.remove();
  });
}, ['minio']);
