import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { listKeys } from './support/listing.ts';
import { giveAway, withoutPrivileges } from './support/without-privileges.ts';

const BODY = new Uint8Array([1, 2, 3]);
const DENIED = { code: 'PERMISSION_DENIED', retryable: false };

/** A store with `a/key` in it, whose folders belong to the user that has no privileges. */
async function ownedStore(): Promise<string> {
  const basePath = await temporaryFolder();
  await mkdir(join(basePath, 'a'));
  await writeFile(join(basePath, 'a/key'), BODY);
  for (const path of ['', 'a', 'a/key']) await giveAway(join(basePath, path));
  return basePath;
}

/** Gives a file or folder another mode for the length of the test. */
async function restrict(path: string, mode: number): Promise<void> {
  await chmod(path, mode);
  onTestFinished(() => chmod(path, 0o755));
}

describe.skipIf(platform() === 'win32')('permissions', () => {
  it('a write into a read-only folder is PERMISSION_DENIED and leaves nothing', async () => {
    const basePath = await ownedStore();
    await restrict(join(basePath, 'a'), 0o555);
    await withoutPrivileges(async () => {
      const storage = createLocalFsStorage({ basePath });
      const denied = {
        ...DENIED,
        message: expect.stringContaining('check the owner and the mode'),
      };
      await expect(storage.put('a/new', BODY, { mode: 'create' })).rejects.toMatchObject(denied);
      await expect(storage.put('a/key', BODY)).rejects.toMatchObject(denied);
      await expect(storage.put('a/b/new', BODY)).rejects.toMatchObject(denied);
      await expect(storage.delete('a/key')).rejects.toMatchObject(denied);
      expect(await storage.get('a/key')).toEqual(BODY);
      expect(await listKeys(storage)).toEqual(['a/key']);
    });
    expect(await readdir(join(basePath, 'a'))).toEqual(['key']);
  });

  it('a base path that may not be made is PERMISSION_DENIED', async () => {
    const basePath = await ownedStore();
    await restrict(basePath, 0o555);
    await withoutPrivileges(async () => {
      const storage = createLocalFsStorage({ basePath: join(basePath, 'base') });
      await expect(storage.put('key', BODY)).rejects.toMatchObject(DENIED);
    });
  });

  // `mkdir` with `recursive` went on for ever there, and took one of libuv's threads with it.
  it.runIf(platform() === 'linux')('a base path that cannot be made ends in an error', async () => {
    const storage = createLocalFsStorage({ basePath: '/proc/metering/base' });
    await expect(storage.put('key', BODY)).rejects.toMatchObject({ name: 'StorageError' });
  });

  it('an unreadable file is PERMISSION_DENIED, not an absent one', async () => {
    const basePath = await ownedStore();
    await restrict(join(basePath, 'a/key'), 0o200);
    await withoutPrivileges(async () => {
      const storage = createLocalFsStorage({ basePath });
      await expect(storage.get('a/key')).rejects.toMatchObject(DENIED);
      expect(await storage.head('a/key')).toMatchObject({ key: 'a/key', size: 3 });
    });
  });

  it('an unreadable folder is PERMISSION_DENIED where it is listed: no usage is passed over', async () => {
    const basePath = await ownedStore();
    await restrict(join(basePath, 'a'), 0o300);
    await withoutPrivileges(async () => {
      const storage = createLocalFsStorage({ basePath });
      await expect(listKeys(storage)).rejects.toMatchObject(DENIED);
      await expect(listKeys(storage, { prefix: 'a/k' })).rejects.toMatchObject(DENIED);
      expect(await storage.get('a/key')).toEqual(BODY);
    });
  });

  // To walk everything below the base path, whatever is asked for, costs hours on years of usage.
  it('a list walks only folders that the prefix can match: it does not see that others are unreadable', async () => {
    const basePath = await ownedStore();
    for (const folder of ['A', 'a-', 'a.', 'a0', 'b', 'a/z']) {
      await mkdir(join(basePath, folder));
      await restrict(join(basePath, folder), 0o000);
    }
    await withoutPrivileges(async () => {
      const storage = createLocalFsStorage({ basePath });
      expect(await listKeys(storage, { prefix: 'a/k' })).toEqual(['a/key']);
      const first = await storage.list({ prefix: 'a/' })[Symbol.asyncIterator]().next();
      expect(first.value).toMatchObject({ key: 'a/key' });
      await expect(listKeys(storage, { prefix: 'a/' })).rejects.toMatchObject(DENIED);
      await expect(listKeys(storage, { prefix: 'a' })).rejects.toMatchObject(DENIED);
      expect(await listKeys(storage, { startAfter: 'c' })).toEqual([]);
    });
  });
});
