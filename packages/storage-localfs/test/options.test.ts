import { chmod, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join, relative } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLocalFsStorage, type LocalFsStorageOptions } from '../src/index.ts';
import { filesBelow, listKeys } from './support/listing.ts';

const BODY = new Uint8Array([1, 2, 3]);

function useUmask(mask: number): void {
  const before = process.umask(mask);
  onTestFinished(() => void process.umask(before));
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o7777).toString(8);
}

describe('an option that makes no sense is a TypeError that names it', () => {
  it.for<[keyof LocalFsStorageOptions, unknown]>([
    ['basePath', ''],
    ['basePath', 'a\0b'],
    ['basePath', 7],
    ['basePath', null],
    ['createDirs', 'false'],
    ['createDirs', null],
    ['durability', 'half'],
    ['durability', true],
  ])('%s: %j', ([name, value]) => {
    expect(() => createLocalFsStorage({ [name]: value })).toThrow(TypeError);
    expect(() => createLocalFsStorage({ [name]: value })).toThrow(name);
  });

  // Each of them made a store in the working directory, beside the folder that was meant.
  it.for<[unknown, string]>([
    [{ path: './usage' }, 'there is no option path, only basePath, createDirs,'],
    [{ basepath: './usage' }, 'there is no option basepath, only basePath,'],
    ['./usage', 'options must be an object, such as { basePath }, got "./usage"'],
    [Promise.resolve({}), 'options must be an object, such as { basePath }, got a Promise'],
    [null, 'options must be an object, such as { basePath }, got null'],
    [
      { basePath: 'file:///var/usage' },
      'basePath must be the path of a folder, and no URI: openStorage',
    ],
  ])('%j', ([options, message]) => {
    const create = () => createLocalFsStorage(options as LocalFsStorageOptions);
    expect(create).toThrow(TypeError);
    expect(create).toThrow(`createLocalFsStorage: ${message}`);
  });

  // Silently replaced by a default, they would leave files open to others.
  it.for<unknown>([
    'abc',
    '',
    '0o',
    '0888',
    '0x1ed',
    '-755',
    '7',
    '0755 ',
    '0077777',
    '0055',
    null,
    true,
  ])('permissions: %j', (permissions) => {
    const options = { permissions } as LocalFsStorageOptions;
    expect(() => createLocalFsStorage(options)).toThrow(/permissions must be an octal mode/);
  });

  // Octal digits typed as a decimal number mean another mode.
  it.for([755, 644, 700, 750, 777, 600, -1, 0.5, Number.NaN, 0o100755])(
    'permissions: %d',
    (permissions) => {
      expect(() => createLocalFsStorage({ permissions })).toThrow(TypeError);
    },
  );

  it('options that are undefined are as if not given', () => {
    const options = { basePath: undefined, createDirs: undefined, durability: undefined };
    expect(() => createLocalFsStorage({ ...options, permissions: undefined })).not.toThrow();
  });
});

describe.skipIf(platform() === 'win32')('modes', () => {
  it('files have no execute bits', async () => {
    useUmask(0o022);
    const basePath = join(await temporaryFolder(), 'base');
    await createLocalFsStorage({ basePath }).put('a/file', BODY);
    expect(await modeOf(basePath)).toBe('755');
    expect(await modeOf(join(basePath, 'a'))).toBe('755');
    expect(await modeOf(join(basePath, 'a/file'))).toBe('644');
  });

  it('without permissions, a stricter umask is respected', async () => {
    useUmask(0o077);
    const basePath = join(await temporaryFolder(), 'base');
    await createLocalFsStorage({ basePath }).put('a/file', BODY, { mode: 'create' });
    expect(await modeOf(basePath)).toBe('700');
    expect(await modeOf(join(basePath, 'a'))).toBe('700');
    expect(await modeOf(join(basePath, 'a/file'))).toBe('600');
  });

  it.for<[string | number, string, string]>([
    ['0755', '755', '644'],
    ['0775', '775', '664'],
    ['0o750', '750', '640'],
    ['700', '700', '600'],
    [0o770, '770', '660'],
    ['0644', '755', '644'],
    ['02770', '2770', '660'],
  ])(
    'permissions %s hold whatever the umask: folders %s, files %s',
    async ([permissions, folder, file]) => {
      useUmask(0o077);
      const basePath = join(await temporaryFolder(), 'base');
      const storage = createLocalFsStorage({ basePath, permissions });
      await storage.put('a/b/file', BODY);
      await storage.put('a/b/new', BODY, { mode: 'create' });
      for (const path of ['', 'a', 'a/b']) expect(await modeOf(join(basePath, path))).toBe(folder);
      for (const path of ['a/b/file', 'a/b/new']) {
        expect(await modeOf(join(basePath, path))).toBe(file);
      }
    },
  );

  it('a folder that was there keeps its mode, and hands its group on', async () => {
    const basePath = await temporaryFolder();
    await mkdir(join(basePath, 'a'));
    await chmod(join(basePath, 'a'), 0o2711);
    await createLocalFsStorage({ basePath, permissions: '0750' }).put('a/b/file', BODY);
    expect(await modeOf(join(basePath, 'a'))).toBe('2711');
    expect(await modeOf(join(basePath, 'a/b'))).toBe('2750');
  });
});

describe('the base path', () => {
  it('is not moved by a later change of the working directory', async () => {
    const folder = await temporaryFolder();
    const before = process.cwd();
    onTestFinished(() => process.chdir(before));
    process.chdir(folder);
    const storage = createLocalFsStorage();
    process.chdir(before);
    await storage.put('key', BODY);
    expect(await filesBelow(folder)).toEqual(['metering-data', 'metering-data/key']);
  });

  it('may be relative', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalFsStorage({ basePath: relative(process.cwd(), folder) });
    await storage.put('key', BODY);
    expect(await filesBelow(folder)).toEqual(['key']);
  });

  it('that is missing is an empty store, and is made by the first write alone', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalFsStorage({ basePath: join(folder, 'not/yet') });
    expect(await listKeys(storage)).toEqual([]);
    expect(await listKeys(storage, { prefix: 'metering/ru/' })).toEqual([]);
    await expect(storage.get('a/key')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(storage.head('key')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await storage.delete('a/key');
    expect(await filesBelow(folder)).toEqual([]);
    await storage.put('key', BODY);
    expect(await filesBelow(folder)).toEqual(['not', 'not/yet', 'not/yet/key']);
  });

  it('that vanishes is made again by the next write', async () => {
    const basePath = join(await temporaryFolder(), 'base');
    const storage = createLocalFsStorage({ basePath });
    await storage.put('a/key', BODY);
    await rm(basePath, { recursive: true });
    await storage.put('a/other', BODY, { mode: 'create' });
    expect(await listKeys(storage)).toEqual(['a/other']);
  });

  it('that is missing with createDirs: false is CONTAINER_NOT_FOUND for every call', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalFsStorage({
      basePath: join(folder, 'unmounted'),
      createDirs: false,
    });
    await expectNoBase(storage, 'does not exist; make it, or set createDirs');
    expect(await filesBelow(folder)).toEqual([]);
  });

  it('that is there with createDirs: false gets its folders as needed', async () => {
    const basePath = await temporaryFolder();
    const storage = createLocalFsStorage({ basePath, createDirs: false });
    expect(await listKeys(storage)).toEqual([]);
    await expect(storage.get('a/key')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await storage.put('a/b/key', BODY);
    expect(await listKeys(storage)).toEqual(['a/b/key']);
  });

  it('that is a symbolic link to nothing is a clear error of every call', async () => {
    const folder = await temporaryFolder();
    const basePath = join(folder, 'link');
    await symlink(join(folder, 'unmounted'), basePath);
    await expectNoBase(createLocalFsStorage({ basePath }), 'is a symbolic link to nothing');
    expect(await filesBelow(folder)).toEqual(['link']);
  });

  it.for([true, false])(
    'that is a file is a clear error of every call, createDirs: %s',
    async (createDirs) => {
      const basePath = join(await temporaryFolder(), 'file');
      await writeFile(basePath, 'kept');
      await expectNoBase(createLocalFsStorage({ basePath, createDirs }), 'is a file');
      const below = createLocalFsStorage({ basePath: join(basePath, 'below'), createDirs });
      await expectNoBase(below, 'is a file');
    },
  );
});

async function expectNoBase(
  storage: ReturnType<typeof createLocalFsStorage>,
  message: string,
): Promise<void> {
  const expected = { code: 'CONTAINER_NOT_FOUND', message: expect.stringContaining(message) };
  for (const key of ['key', 'a/b/key']) {
    await expect(storage.put(key, BODY)).rejects.toMatchObject(expected);
    await expect(storage.put(key, BODY, { mode: 'create' })).rejects.toMatchObject(expected);
    await expect(storage.get(key)).rejects.toMatchObject(expected);
    await expect(storage.head(key)).rejects.toMatchObject(expected);
    await expect(storage.delete(key)).rejects.toMatchObject(expected);
  }
  for (const prefix of ['', 'a', 'a/b/']) {
    await expect(listKeys(storage, { prefix })).rejects.toMatchObject(expected);
  }
}
