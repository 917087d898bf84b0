import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openStorage, parseConfig } from '@metering/config';
import { gcsDriver } from '../src/index.ts';
import { newBucket } from './new-bucket.ts';

const drivers = [gcsDriver] as const;

it('opens what a URI names', async () => {
  const { bucket, apiEndpoint, projectId } = await newBucket();
  for (const scheme of ['gcs', 'gs']) {
    const uri = `${scheme}://${bucket}/usage?endpoint=${apiEndpoint}&project-id=${projectId}`;
    await using storage = await openStorage(uri, drivers);
    await storage.put('key', new Uint8Array([1]));
    assert.equal((await storage.head('key')).size, 1);
  }
});

it('reads its section, typed, from a file', async () => {
  const file = 'type: gcs\nbucket: usage\ngcs: { project-id: acme, timeout-ms: 5000 }';
  const config = await parseConfig(file, 'yaml', { drivers });
  if (config.type !== 'gcs') throw new Error('another type');
  const projectId: string | undefined = config.gcs?.projectId;
  assert.deepEqual({ ...config.gcs, projectId }, { projectId: 'acme', timeoutMs: 5000 });
});
