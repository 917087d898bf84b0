import { basename, dirname, join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { expect, it, vi } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { listKeys } from './support/listing.ts';

/** A file system that takes names in capitals and in small letters for one, as macOS and Windows do. */
vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return {
    ...original,
    realpath: (path: string) =>
      original.realpath(join(dirname(path), basename(path).toLowerCase())),
  };
});

it('a key that differs from one that is there in case alone is INVALID_KEY, and that one stays', async () => {
  const basePath = join(await temporaryFolder(), 'base');
  const storage = createLocalFsStorage({ basePath });
  const body = new Uint8Array([1]);
  await storage.put('key', body);
  const refused = { code: 'INVALID_KEY', message: expect.stringContaining('differs in case') };
  await expect(storage.put('KEY', new Uint8Array([2]))).rejects.toMatchObject(refused);
  await expect(storage.get('Key')).rejects.toMatchObject(refused);
  await expect(storage.head('Key')).rejects.toMatchObject(refused);
  await expect(storage.delete('KEY')).rejects.toMatchObject(refused);
  await storage.put('folder/key', body);
  expect(await listKeys(storage, { prefix: 'FOLDER/' })).toEqual([]);
  expect(await listKeys(storage)).toEqual(['folder/key', 'key']);
  expect(await storage.get('key')).toEqual(body);
});
