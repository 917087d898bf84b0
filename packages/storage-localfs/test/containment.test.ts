import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { filesBelow, listKeys } from './support/listing.ts';

const BODY = new Uint8Array([1, 2, 3]);
const REFUSED = { code: 'PERMISSION_DENIED', message: expect.stringContaining('symbolic link') };

/** A base path, and a folder beside it with a file in it that no key may reach. */
async function baseAndOutside() {
  const folder = await temporaryFolder();
  const basePath = join(folder, 'base');
  const outside = join(folder, 'outside');
  await mkdir(basePath);
  await mkdir(outside);
  await writeFile(join(outside, 'secret'), 'secret');
  return { folder, basePath, outside, storage: createLocalFsStorage({ basePath }) };
}

describe.skipIf(platform() === 'win32')('symbolic links', () => {
  it('to a folder outside: nothing is read, written, listed or deleted through them', async () => {
    const { basePath, outside, storage } = await baseAndOutside();
    await storage.put('a/key', BODY);
    await symlink(outside, join(basePath, 'a/link'));
    for (const mode of ['create', 'overwrite'] as const) {
      for (const key of ['a/link/new', 'a/link/secret', 'a/link/b/new']) {
        await expect(storage.put(key, BODY, { mode })).rejects.toMatchObject(REFUSED);
      }
    }
    await expect(storage.get('a/link/secret')).rejects.toMatchObject(REFUSED);
    await expect(storage.head('a/link/secret')).rejects.toMatchObject(REFUSED);
    await expect(storage.delete('a/link/secret')).rejects.toMatchObject(REFUSED);
    for (const prefix of ['', 'a', 'a/', 'a/l', 'a/link/', 'a/link/s']) {
      const keys = await listKeys(storage, { prefix });
      expect(keys).toEqual('a/key'.startsWith(prefix) ? ['a/key'] : []);
    }
    expect(await filesBelow(outside)).toEqual(['secret']);
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
  });

  it('to a file outside: it is neither read, overwritten nor deleted, and not listed', async () => {
    const { basePath, outside, storage } = await baseAndOutside();
    await symlink(join(outside, 'secret'), join(basePath, 'link'));
    await expect(storage.get('link')).rejects.toMatchObject(REFUSED);
    await expect(storage.head('link')).rejects.toMatchObject(REFUSED);
    await expect(storage.put('link', BODY)).rejects.toMatchObject(REFUSED);
    await expect(storage.put('link', BODY, { mode: 'create' })).rejects.toMatchObject(REFUSED);
    await expect(storage.delete('link')).rejects.toMatchObject(REFUSED);
    expect(await listKeys(storage)).toEqual([]);
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
  });

  it('that appear where a folder was written to before are not followed either', async () => {
    const { basePath, outside, storage } = await baseAndOutside();
    await storage.put('a/b/key', BODY);
    await rename(join(basePath, 'a'), join(basePath, 'moved'));
    await symlink(outside, join(basePath, 'a'));
    await mkdir(join(outside, 'b'));
    await expect(storage.put('a/b/new', BODY)).rejects.toMatchObject(REFUSED);
    expect(await filesBelow(outside)).toEqual(['b', 'secret']);
    expect(await listKeys(storage)).toEqual(['moved/b/key']);
  });

  it('that loop are not walked, nor are those that stay inside', async () => {
    const { basePath, storage } = await baseAndOutside();
    await storage.put('a/key', BODY);
    await symlink('..', join(basePath, 'a/up'));
    await symlink('self', join(basePath, 'self'));
    await symlink('a', join(basePath, 'b'));
    await symlink('a/key', join(basePath, 'c'));
    expect(await listKeys(storage)).toEqual(['a/key']);
    await expect(storage.get('a/up/a/key')).rejects.toMatchObject(REFUSED);
    await expect(storage.get('self')).rejects.toMatchObject(REFUSED);
    await expect(storage.get('b/key')).rejects.toMatchObject(REFUSED);
    await expect(storage.get('c')).rejects.toMatchObject(REFUSED);
  });

  it('that lead nowhere are no objects, but in the way of one', async () => {
    const { basePath, folder, storage } = await baseAndOutside();
    await symlink(join(folder, 'nowhere'), join(basePath, 'link'));
    expect(await listKeys(storage)).toEqual([]);
    await expect(storage.get('link')).rejects.toMatchObject(REFUSED);
    await expect(storage.put('link', BODY)).rejects.toMatchObject(REFUSED);
    await expect(storage.put('link', BODY, { mode: 'create' })).rejects.toMatchObject(REFUSED);
    await expect(storage.put('link/key', BODY)).rejects.toMatchObject(REFUSED);
    await expect(storage.delete('link')).rejects.toMatchObject(REFUSED);
    await expect(storage.get('link/key')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await filesBelow(folder)).not.toContain('nowhere');
    expect(await readlink(join(basePath, 'link'))).toBe(join(folder, 'nowhere'));
  });

  it('may be the base path, also when they are turned elsewhere', async () => {
    const { basePath, folder } = await baseAndOutside();
    const link = join(folder, 'link');
    await symlink(basePath, link);
    const storage = createLocalFsStorage({ basePath: link });
    await storage.put('a/key', BODY, { mode: 'create' });
    expect(await storage.get('a/key')).toEqual(BODY);
    expect(await listKeys(storage)).toEqual(['a/key']);

    await mkdir(join(folder, 'other'));
    await rm(link);
    await symlink(join(folder, 'other'), link);
    expect(await listKeys(storage)).toEqual([]);
    await storage.put('a/new', BODY);
    expect(await storage.get('a/new')).toEqual(BODY);
    expect(await filesBelow(join(folder, 'other'))).toEqual(['a', 'a/new']);
  });
});

describe('keys and prefixes', () => {
  it.for([
    '../outside/secret',
    'a/../../outside/secret',
    '/etc/passwd',
    './key',
    '..',
    'a//b',
    'a\0',
  ])('the key %j is refused', async (key) => {
    const { outside, storage } = await baseAndOutside();
    const refused = { code: 'INVALID_KEY' };
    await expect(storage.put(key, BODY)).rejects.toMatchObject(refused);
    await expect(storage.get(key)).rejects.toMatchObject(refused);
    await expect(storage.delete(key)).rejects.toMatchObject(refused);
    expect(await filesBelow(outside)).toEqual(['secret']);
  });

  it.for([
    '../',
    '../outside/',
    '../outside/s',
    '/',
    '/etc/',
    './',
    './k',
    'a//',
    'a/./',
    'a/../',
    '..',
    'a\0/',
    '\ud800/',
    `${'x'.repeat(300)}/`,
    `${'x/'.repeat(600)}`,
  ])('the prefix %j matches nothing, and nothing is looked for', async (prefix) => {
    const { storage } = await baseAndOutside();
    await storage.put('a/key', BODY);
    await storage.put('key', BODY);
    expect(await listKeys(storage, { prefix })).toEqual([]);
  });
});

it.skipIf(platform() === 'win32')(
  'a pipe is no object, and nobody waits for its other end',
  async () => {
    const { basePath, storage } = await baseAndOutside();
    execFileSync('mkfifo', [join(basePath, 'pipe')]);
    await expect(storage.get('pipe')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(storage.head('pipe')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(storage.get('pipe/below')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await storage.delete('pipe/below');
    expect(await listKeys(storage)).toEqual([]);
  },
);
