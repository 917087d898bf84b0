import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { FaultProxy, minio, startServer } from '@metering/testing-servers';
import { generate } from 'selfsigned';
import { expect, it, vi } from 'vitest';
import { createS3Storage } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

const body = new Uint8Array([1]);
const large = new Uint8Array(4_000_000);

describeEachServer('the client', ({ endpoint, newBucket }) => {
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

  it('closes the socket of a call that is aborted, and rejects with the reason at once', async () => {
    const proxy = await FaultProxy.start(endpoint);
    await using storage = createS3Storage({ ...(await newBucket()), endpoint: proxy.endpoint });
    await storage.put('a', large);
    for (const fault of [
      { kind: 'stall-body' },
      { kind: 'slow-headers', delayMs: 60_000 },
    ] as const) {
      proxy.reset();
      proxy.inject(fault);
      const controller = new AbortController();
      const call = storage.get('a', { signal: controller.signal });
      await vi.waitFor(() => expect(proxy.requests).toHaveLength(1));
      controller.abort('enough');
      await expect(call).rejects.toBe('enough');
      await vi.waitFor(() => expect(proxy.requests[0]?.closedByClient).toBe(true));
    }
    await proxy.stop();
  });

  it('reads no further than maxBytes, and frees the socket', async () => {
    const options = await newBucket();
    await using storage = createS3Storage({ ...options, concurrency: 1 });
    await storage.put('a', large);
    for (let i = 0; i < 5; i++) {
      await expect(storage.get('a', { maxBytes: 10 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    }
    expect((await storage.get('a')).byteLength).toBe(large.byteLength);
  });

  it('gives up on an answer that does not come', async () => {
    const proxy = await FaultProxy.start(endpoint);
    const options = { ...(await newBucket()), endpoint: proxy.endpoint, requestTimeoutMs: 200 };
    await using storage = createS3Storage(options);
    proxy.inject({ kind: 'slow-headers', delayMs: 60_000 }, () => true, 100);
    await expect(storage.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    await proxy.stop();
  });

  it('may have many calls behind one signal, without a warning', async () => {
    await using storage = createS3Storage(await newBucket());
    const warn = vi.fn();
    process.on('warning', warn);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 40 }, (_, i) => storage.put(`k${i}`, body, { signal })));
    await new Promise(setImmediate);
    process.off('warning', warn);
    expect(warn).not.toHaveBeenCalled();
  });

  it('has no more requests under way than it may', async () => {
    const proxy = await FaultProxy.start(endpoint);
    const options = { ...(await newBucket()), endpoint: proxy.endpoint, concurrency: 3 };
    await using storage = createS3Storage(options);
    await Promise.all(Array.from({ length: 30 }, (_, i) => storage.put(`k${i}`, body)));
    expect(proxy.mostAtOnce).toBeLessThanOrEqual(3);
    await proxy.stop();
  });
});

describeEachServer('TLS', () => {
  it('trusts a private authority that is given, and fails closed without it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'metering-tls-'));
    const { cert, private: key } = await generate(
      [{ name: 'commonName', value: 'metering test' }],
      {
        extensions: [
          { name: 'basicConstraints', cA: true },
          { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
        ],
      },
    );
    await writeFile(join(folder, 'public.crt'), cert);
    await writeFile(join(folder, 'private.key'), key);
    const server = await startServer(minio, { certificates: folder });
    if ('missing' in server) throw new Error(server.missing);
    const { endpoint, accessKeyId, secretAccessKey } = server;
    const options = {
      bucket: 'test',
      ...{ endpoint, credentials: { accessKeyId, secretAccessKey } },
    };
    await using trusting = createS3Storage({ ...options, certificateAuthority: cert });
    await expect(trusting.get('a')).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' });
    await using strange = createS3Storage(options);
    await expect(strange.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: false });
    await server.stop();
    await rm(folder, { recursive: true });
  });
}, ['minio']);
