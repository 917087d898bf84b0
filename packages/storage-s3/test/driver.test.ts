import { openStorage } from '@metering/config';
import { expect, it } from 'vitest';
import { createS3Driver, s3Driver } from '../src/index.ts';
import { describeEachServer } from './each-server.ts';

const body = new Uint8Array([1, 2, 3]);

describeEachServer('a configuration', ({ endpoint, newBucket }) => {
  it('opens a bucket from a URI, its prefix applied', async () => {
    const { bucket, credentials } = await newBucket();
    const { accessKeyId, secretAccessKey } = credentials;
    const uri = (path: string) =>
      `s3://${bucket}${path}?region-id=us-east-1&endpoint=${encodeURIComponent(endpoint)}` +
      `&force-path-style=true&access-key=${accessKeyId}&secret-access-key=${secretAccessKey}`;
    await using below = await openStorage(uri('/a/b'), [s3Driver]);
    await below.put('k', body);
    await using whole = await openStorage(uri(''), [s3Driver]);
    expect(await whole.get('a/b/k')).toEqual(body);
  });

  it('opens a bucket with what a driver was given in code', async () => {
    const { bucket, ...options } = await newBucket();
    const driver = createS3Driver({ ...options, exclusiveCreate: true });
    await using storage = await openStorage({ type: 's3', bucket }, [driver]);
    await storage.put('k', body, { mode: 'create' });
    expect(storage.capabilities.exclusiveCreate).toBe(true);
  });
});
