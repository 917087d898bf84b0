import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, openMetering, openStorage, parseUri } from '@metering/config';
import { createMemoryStorage, type StorageDriver, type StorageProvider } from '@metering/core';
import { localFsDriver } from '@metering/storage-localfs';
import { temporaryFolder } from '@metering/testing-support';
import { beforeEach, describe, expect, it } from 'vitest';
import { configError } from './config-error.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

async function writeOne(storage: StorageProvider): Promise<void> {
  await storage.put('key', new Uint8Array(3));
  expect(await storage.head('key')).toMatchObject({ key: 'key', size: 3 });
  await storage.close();
}

describe('openStorage', () => {
  it('opens a URI, with its prefix applied once', async () => {
    await writeOne(await openStorage(`file://${folder}/data?prefix=a/b/`, [localFsDriver]));
    expect(await readdir(join(folder, 'data/a/b'))).toEqual(['key']);
  });

  it('opens a checked configuration and a plain object alike', async () => {
    const input = { type: 'localfs', prefix: 'p', localfs: { basePath: folder } } as const;
    await writeOne(await openStorage(defineConfig(input), [localFsDriver]));
    await writeOne(await openStorage(input, [localFsDriver]));
    await writeOne(await openStorage(parseUri(`localfs://${folder}?prefix=q`), [localFsDriver]));
    expect((await readdir(folder)).sort()).toEqual(['p', 'q']);
  });

  it.each([
    ['s3://b', 's3Driver', '@metering/storage-s3'],
    ['oss://b', 'ossDriver', '@metering/storage-oss'],
    ['azblob://b', 'azureDriver', '@metering/storage-azure'],
  ])('says which import is missing for %s', async (uri, name, packageName) => {
    const error = await configError(() => openStorage(uri, [localFsDriver]));
    expect(error.code).toBe('UNKNOWN_TYPE');
    expect(error.message).toContain(`import { ${name} } from '${packageName}'`);
    expect(error.message).toContain(`install ${packageName}`);
  });

  it('says that gcs needs the driver of a third party', async () => {
    const config = { type: 'gcs', bucket: 'b' } as never;
    for (const input of ['gcs://b', config]) {
      const error = await configError(() => openStorage(input, [localFsDriver]));
      expect(error.code).toBe('UNKNOWN_TYPE');
      expect(error.message).toMatch(/third party.*docs\/writing-a-provider\.md/);
    }
  });

  it('checks an object that nobody checked', async () => {
    const input = { type: 'localfs', localfs: { basePath: 5 } } as never;
    expect(await configError(() => openStorage(input, [localFsDriver]))).toMatchObject({
      code: 'INVALID_CONFIG',
      path: 'localfs.basePath',
    });
    await expect(openStorage(undefined as never, [localFsDriver])).rejects.toThrow(TypeError);
    for (const uri of ['file:///x', { type: 'localfs' }]) {
      const opening = openStorage(uri as never, undefined as never);
      await expect(opening).rejects.toThrow(
        new TypeError('drivers must be an array, got undefined'),
      );
    }
  });

  it('does not open when it is aborted already', async () => {
    const driver: StorageDriver = { type: 'never', open: () => expect.unreachable() };
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(openStorage('never://', [driver], { signal })).rejects.toThrow('stop');
  });

  it('closes a storage that opens after the abort', async () => {
    let open = (_: StorageProvider) => {};
    const driver: StorageDriver = {
      type: 'slow',
      open: () => new Promise((resolve) => (open = resolve)),
    };
    const controller = new AbortController();
    const opening = openStorage('slow://', [driver], { signal: controller.signal });
    controller.abort(new Error('stop'));
    await expect(opening).rejects.toThrow('stop');
    const storage = createMemoryStorage();
    const closed = new Promise<void>((resolve) => {
      storage.close = async () => resolve();
    });
    open(storage);
    await closed;
  });
});

describe('openMetering', () => {
  it('gives the shared pool of the configuration beside the storage', async () => {
    const uri = `file://${folder}?shared-pool-id=pool-7`;
    const { storage, sharedPoolId } = await openMetering(uri, [localFsDriver]);
    expect(sharedPoolId).toBe('pool-7');
    await writeOne(storage);
  });
});
