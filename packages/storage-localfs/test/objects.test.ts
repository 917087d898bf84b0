import { mkdir, open, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { temporaryFolder } from '@metering/testing-support';
import { describe, expect, it, vi } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { distinctNow } from '../src/lib/etag.ts';
import { temporaryName } from '../src/lib/writing/temporary-file.ts';
import { filesBelow, listKeys } from './support/listing.ts';

const BODY = new Uint8Array([1, 2, 3]);
const MODES = ['create', 'overwrite'] as const;

async function newStorage() {
  const basePath = await temporaryFolder();
  return { basePath, storage: createLocalFsStorage({ basePath, durability: 'none' }) };
}

it('the first create tells that it is exclusive', async () => {
  const { storage } = await newStorage();
  await storage.put('key', BODY);
  expect(storage.capabilities).toEqual({ exclusiveCreate: 'unknown', listOrder: 'utf8' });
  await storage.put('new', BODY, { mode: 'create' });
  expect(storage.capabilities).toEqual({ exclusiveCreate: true, listOrder: 'utf8' });
});

describe('a key that is the folder of another', () => {
  it.for(MODES)('is INVALID_KEY (%s), in either order, and changes nothing', async (mode) => {
    const { basePath, storage } = await newStorage();
    await storage.put('a/b/key', BODY);
    const folderOfOthers = {
      code: 'INVALID_KEY',
      message: expect.stringContaining('folder of other keys'),
    };
    await expect(storage.put('a/b', BODY, { mode })).rejects.toMatchObject(folderOfOthers);
    await expect(storage.put('a', BODY, { mode })).rejects.toMatchObject(folderOfOthers);
    for (const key of ['a/b/key/below', 'a/b/key/far/below']) {
      await expect(storage.put(key, BODY, { mode })).rejects.toMatchObject({
        code: 'INVALID_KEY',
        message: expect.stringContaining('names a file'),
      });
    }
    expect(await filesBelow(basePath)).toEqual(['a', 'a/b', 'a/b/key']);
  });

  it('holds no object, nor does what would lie in an object', async () => {
    const { storage } = await newStorage();
    await storage.put('a/b/key', BODY);
    for (const key of ['a', 'a/b', 'a/b/key/below']) {
      await expect(storage.get(key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(storage.head(key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await storage.delete(key);
    }
    expect(await listKeys(storage)).toEqual(['a/b/key']);
  });

  it.for(MODES)('is free (%s) when the others are deleted', async (mode) => {
    const { storage } = await newStorage();
    await storage.put('a/b/c/key', BODY);
    await storage.put('a/d/key', BODY);
    await storage.delete('a/b/c/key');
    await expect(storage.put('a', BODY, { mode })).rejects.toMatchObject({ code: 'INVALID_KEY' });
    await storage.delete('a/d/key');
    await storage.put('a', BODY, { mode });
    expect(await listKeys(storage)).toEqual(['a']);
    await expect(storage.put('a/b/key', BODY, { mode })).rejects.toMatchObject({
      code: 'INVALID_KEY',
    });
    await storage.delete('a');
    await storage.put('a/b/key', BODY, { mode });
    expect(await listKeys(storage)).toEqual(['a/b/key']);
  });
});

it('a folder that is removed while it is written to is made again', async () => {
  const { basePath, storage } = await newStorage();
  await storage.put('a/b/key', BODY);
  const keys = Array.from({ length: 100 }, (_, index) => `a/b/${index % 5}/${index}`);
  const puts = keys.map((key) => storage.put(key, BODY, { mode: 'create' }));
  for (let round = 0; round < 5; round++) {
    await rm(join(basePath, 'a'), { recursive: true, force: true }).catch(() => undefined);
  }
  const outcomes = await Promise.allSettled(puts);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('UNAVAILABLE');
  }
  await storage.put('a/b/last', BODY, { mode: 'create' });
  expect(await storage.get('a/b/last')).toEqual(BODY);
  expect(
    (await readdir(basePath, { recursive: true })).filter((name) => name.endsWith('.tmp')),
  ).toEqual([]);
});

it('get reads no more than maxBytes', async () => {
  const { storage } = await newStorage();
  await storage.put('key', new Uint8Array(1000));
  await expect(storage.get('key', { maxBytes: 999 })).rejects.toMatchObject({
    code: 'TOO_LARGE',
    message: expect.stringContaining('1000 bytes'),
  });
  expect(await storage.get('key', { maxBytes: 1000 })).toHaveLength(1000);
  await storage.put('empty', new Uint8Array());
  expect(await storage.get('empty', { maxBytes: 0 })).toEqual(new Uint8Array());
});

it('a file too large for memory is TOO_LARGE', async () => {
  const { basePath, storage } = await newStorage();
  const handle = await open(join(basePath, 'sparse'), 'w');
  await handle.truncate(2 ** 50).catch(() => handle.truncate(2 ** 43));
  await handle.close();
  await expect(storage.get('sparse')).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

describe('the etag', () => {
  it('is the same from put, head and list, and stays while the object does', async () => {
    const { storage } = await newStorage();
    for (const mode of MODES) {
      const { etag } = await storage.put(mode, BODY, { mode });
      expect(etag).toMatch(/^".+"$/);
      expect((await storage.head(mode)).etag).toBe(etag);
      for await (const listed of storage.list({ prefix: mode })) expect(listed.etag).toBe(etag);
    }
  });

  // A file system's clock stands still for milliseconds, and it gives the number of a replaced file again.
  it('is another one for each of many quick overwrites of one size', async () => {
    const { storage } = await newStorage();
    const etags = new Set<string | undefined>();
    for (let round = 0; round < 300; round++) {
      etags.add((await storage.put('key', new Uint8Array(8).fill(round))).etag);
    }
    expect(etags.size).toBe(300);
  });

  it('is made of a time that does not stand still', async () => {
    const times = new Set<number>();
    for (let round = 0; round < 1000; round++) {
      times.add(distinctNow());
      await nextTurn();
    }
    expect(times.size).toBe(1000);
    expect(Math.abs(distinctNow() - Date.now() / 1000)).toBeLessThan(1);
  });

  it('is made of another time though the clocks stand still, and follows a clock that is set', () => {
    const start = Date.now();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(start);
    vi.spyOn(performance, 'now').mockReturnValue(0.5);
    const times = Array.from({ length: 1000 }, distinctNow);
    expect(new Set(times.map((time) => time * 1000)).size).toBe(1000);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const hour = 3_600_000;
    clock.mockReturnValue(start - hour);
    expect(distinctNow()).toBe((start - hour + 0.5) / 1000);
    clock.mockReturnValue(start);
    expect(distinctNow()).toBe((start + 0.5) / 1000);
    vi.restoreAllMocks();
  });

  it('changes when somebody else writes the file in place', async () => {
    const { basePath, storage } = await newStorage();
    const { etag } = await storage.put('key', BODY);
    await writeFile(join(basePath, 'key'), 'xyz');
    expect((await storage.head('key')).etag).not.toBe(etag);
  });
});

it('lastModified is when the object was written, and size its bytes', async () => {
  const { basePath, storage } = await newStorage();
  const before = Date.now();
  await storage.put('key', BODY);
  const info = await storage.head('key');
  expect(info.size).toBe(3);
  expect(info.lastModified.getTime()).toBeGreaterThanOrEqual(before);
  expect(info.lastModified.getTime()).toBeLessThanOrEqual(Date.now() + 1);
  expect(info.lastModified).toEqual((await stat(join(basePath, 'key'))).mtime);
});

it('files that others wrote are objects', async () => {
  const { basePath, storage } = await newStorage();
  await mkdir(join(basePath, 'metering/ru'), { recursive: true });
  await writeFile(join(basePath, 'metering/ru/theirs.json.gz'), BODY, { mode: 0o755 });
  expect(await listKeys(storage)).toEqual(['metering/ru/theirs.json.gz']);
  expect(await storage.get('metering/ru/theirs.json.gz')).toEqual(BODY);
  await storage.delete('metering/ru/theirs.json.gz');
  expect(await listKeys(storage)).toEqual([]);
});

it('stale temporaries are swept in the folder that is written to, and in no other', async () => {
  const { basePath, storage } = await newStorage();
  const long = Date.now() / 1000 - 2 * 60 * 60;
  for (const folder of ['', 'a', 'a/b', 'c']) {
    const path = join(basePath, folder, temporaryName());
    await mkdir(join(basePath, folder), { recursive: true });
    await writeFile(path, 'half');
    await utimes(path, long, long);
  }
  await storage.put('a/b/key', BODY);
  const left = (await filesBelow(basePath)).filter((path) => path.endsWith('.tmp'));
  expect(left.map((path) => path.split('.')[0])).toEqual(['', 'a/', 'c/']);
});

it('a base path and key that are too long together are INVALID_KEY', async () => {
  const basePath = join(
    await temporaryFolder(),
    ...Array.from({ length: 16 }, () => 'x'.repeat(240)),
  );
  const storage = createLocalFsStorage({ basePath, durability: 'none' });
  const key = Array.from({ length: 4 }, () => 'y'.repeat(200)).join('/');
  const tooLong = { code: 'INVALID_KEY', message: expect.stringContaining('shorten the key') };
  await expect(storage.put(key, BODY)).rejects.toMatchObject(tooLong);
  await expect(storage.get(key)).rejects.toMatchObject(tooLong);
  expect(await listKeys(storage, { prefix: `${key}/` })).toEqual([]);
});
