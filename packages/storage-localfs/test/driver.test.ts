import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { expect, it } from 'vitest';
import { createLocalFsDriver, type LocalFsStorageOptions, localFsDriver } from '../src/index.ts';

const BODY = new Uint8Array([1]);

it('opens the folder that the configuration names', async () => {
  expect(localFsDriver).toMatchObject({ type: 'localfs', schemes: ['localfs', 'file'] });
  const basePath = join(await temporaryFolder(), 'base');
  const localfs = { basePath, createDirs: true, permissions: '0700' };
  const storage = await localFsDriver.open({ type: 'localfs', localfs }, {});
  await storage.put('a/key', BODY);
  expect((await stat(join(basePath, 'a'))).mode & 0o777).toBe(0o700);
  expect(await storage.get('a/key')).toEqual(BODY);
});

it('takes options of its own, after those of the configuration', async () => {
  const folder = await temporaryFolder();
  const driver = createLocalFsDriver({
    basePath: join(folder, 'mine'),
    createDirs: false,
    durability: 'none',
  });
  const mine = await driver.open({ type: 'localfs' }, {});
  await expect(mine.put('key', BODY)).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' });
  const localfs = { basePath: join(folder, 'theirs'), createDirs: true, permissions: undefined };
  const theirs = await driver.open({ type: 'localfs', localfs }, {});
  await theirs.put('key', BODY);
  expect((await stat(join(folder, 'theirs/key'))).size).toBe(1);
});

it('refuses bad options with a TypeError', async () => {
  const localfs = { permissions: 'rwx' };
  await expect(localFsDriver.open({ type: 'localfs', localfs }, {})).rejects.toThrow(TypeError);
});

// Only what is known was taken over: a driver with another name opened ./metering-data.
it('refuses an option that there is not when it is made', () => {
  const create = () => createLocalFsDriver({ path: './usage' } as LocalFsStorageOptions);
  expect(create).toThrow(TypeError);
  expect(create).toThrow(
    'createLocalFsDriver: there is no option path, only basePath, createDirs,',
  );
});
