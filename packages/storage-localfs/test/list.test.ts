import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { walkKeys } from '../src/lib/listing/walk-keys.ts';
import { temporaryName } from '../src/lib/writing/temporary-file.ts';
import { listKeys } from './support/listing.ts';

/** The real calls, which write down what they were called with. */
const calls = vi.hoisted(() => ({
  read: [] as string[],
  looked: [] as string[],
  looking: 0,
  most: 0,
}));
vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return {
    ...original,
    readdir: (path: string, options: object) => {
      calls.read.push(path);
      return original.readdir(path, options);
    },
    lstat: async (path: string) => {
      calls.looked.push(path);
      calls.looking += 1;
      calls.most = Math.max(calls.most, calls.looking);
      return original.lstat(path).finally(() => {
        calls.looking -= 1;
      });
    },
  };
});
vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs')>();
  return {
    ...original,
    readdirSync: (path: string, options: object) => {
      calls.read.push(path);
      return original.readdirSync(path, options);
    },
    lstatSync: (path: string) => {
      calls.looked.push(path);
      return original.lstatSync(path);
    },
  };
});
afterEach(forgetCalls);

function forgetCalls(): void {
  Object.assign(calls, { read: [], looked: [], looking: 0, most: 0 });
}

const MINUTES = [1755850380, 1755850440, 1755850500];
const CATEGORIES = ['pd', 'tidb', 'tikv'];

/** Three minutes of three categories, of one pool each, of two objects each. */
async function meteredFolder(): Promise<string> {
  const basePath = await temporaryFolder();
  for (const minute of MINUTES) {
    for (const category of CATEGORIES) {
      const folder = join(basePath, `metering/ru/${minute}/${category}/pool`);
      mkdirSync(folder, { recursive: true });
      for (const name of ['a-0.json.gz', 'b-0.json.gz']) writeFileSync(join(folder, name), name);
    }
  }
  return basePath;
}

/** How the disk's paths read as folders of keys. */
function foldersRead(basePath: string): string[] {
  return calls.read.map((path) => path.slice(basePath.length + 1));
}

it('reads only the folders that the prefix can match', async () => {
  const basePath = await meteredFolder();
  const storage = createLocalFsStorage({ basePath });
  const keys = await listKeys(storage, { prefix: `metering/ru/${MINUTES[1]}/ti` });
  expect(keys).toEqual(
    ['tidb', 'tikv'].flatMap((category) =>
      ['a', 'b'].map((self) => `metering/ru/${MINUTES[1]}/${category}/pool/${self}-0.json.gz`),
    ),
  );
  const minute = `metering/ru/${MINUTES[1]}/`;
  expect(foldersRead(basePath)).toEqual([
    minute,
    `${minute}tidb/`,
    `${minute}tidb/pool/`,
    `${minute}tikv/`,
    `${minute}tikv/pool/`,
  ]);
});

it('reads no folder that lies before startAfter', async () => {
  const basePath = await meteredFolder();
  const storage = createLocalFsStorage({ basePath });
  const startAfter = `metering/ru/${MINUTES[2]}/tidb/pool/a-0.json.gz`;
  const keys = await listKeys(storage, { prefix: 'metering/ru/', startAfter });
  expect(keys.map((key) => key.split('/').slice(3).join('/'))).toEqual([
    'tidb/pool/b-0.json.gz',
    'tikv/pool/a-0.json.gz',
    'tikv/pool/b-0.json.gz',
  ]);
  const minute = `metering/ru/${MINUTES[2]}/`;
  expect(foldersRead(basePath)).toEqual([
    'metering/ru/',
    minute,
    `${minute}tidb/`,
    `${minute}tidb/pool/`,
    `${minute}tikv/`,
    `${minute}tikv/pool/`,
  ]);
});

it('reads no further than the caller goes', async () => {
  const basePath = await meteredFolder();
  for await (const { key } of createLocalFsStorage({ basePath }).list()) {
    expect(key).toBe(`metering/ru/${MINUTES[0]}/pd/pool/a-0.json.gz`);
    break;
  }
  expect(foldersRead(basePath).length).toBe(6);
  expect(calls.looked).toHaveLength(1);
});

it('folders are read a few ahead of whoever goes on, no more than were gone through', async () => {
  const basePath = await temporaryFolder();
  for (let pool = 10; pool < 30; pool++) {
    mkdirSync(join(basePath, `minute/pool${pool}`), { recursive: true });
    writeFileSync(join(basePath, `minute/pool${pool}/a`), '');
  }
  const pathOf = (folder: string) => join(basePath, folder);
  const query = { start: 'minute/', prefix: 'minute/', startAfter: '', signal: undefined };
  const ahead: number[] = [];
  let taken = 0;
  for await (const key of walkKeys({ ...query, pathOf })) {
    taken += 1;
    expect(key).toBe(`minute/pool${9 + taken}/a`);
    ahead.push(calls.read.length - 1 - taken);
  }
  expect(ahead).toEqual(Array.from({ length: 20 }, (_, at) => Math.min(at, 3, 19 - at)));
  expect(new Set(calls.read).size).toBe(21);
});

it('a folder of 20,000 files is listed whole and in order, its files looked at a few at a time', async () => {
  const basePath = await temporaryFolder();
  const names = Array.from({ length: 20_000 }, (_, index) => `self${index}-0.json.gz`).sort();
  for (const name of names) writeFileSync(join(basePath, name), '');
  const storage = createLocalFsStorage({ basePath });

  for await (const { key } of storage.list()) {
    if (key === names[9]) break;
  }
  expect(calls.looked.length).toBeLessThan(25);

  forgetCalls();
  expect(await listKeys(storage)).toEqual(names);
  expect(calls.read).toHaveLength(1);
  expect(calls.looked).toHaveLength(20_000);
  expect(calls.most).toBeGreaterThan(1);
  expect(calls.most).toBeLessThanOrEqual(65);

  forgetCalls();
  expect(await listKeys(storage, { prefix: 'self1999' })).toHaveLength(11);
  expect(calls.looked).toHaveLength(11);
});

it.skipIf(platform() === 'win32')('lists nothing that is no object', async () => {
  const basePath = await temporaryFolder();
  const storage = createLocalFsStorage({ basePath });
  await storage.put('a/key', new Uint8Array(1));
  await mkdir(join(basePath, 'a/empty'));
  await mkdir(join(basePath, temporaryName()));
  for (const name of [temporaryName(), temporaryName().toUpperCase(), 'line\nbreak', '\u0085']) {
    await writeFile(join(basePath, 'a', name), '');
  }
  const notUtf8 = Buffer.concat([Buffer.from(join(basePath, 'a/')), Buffer.from([0x66, 0xff])]);
  await writeFile(notUtf8, '');
  await symlink('key', join(basePath, 'a/link'));
  const socket = createServer().listen(join(basePath, 'a/socket'));
  onTestFinished(() => void socket.close());
  await new Promise((resolve) => socket.once('listening', resolve));
  expect(await listKeys(storage)).toEqual(['a/key']);
});

it.skipIf(platform() === 'win32')(
  'a name that is not UTF-8 hides none that looks like it',
  async () => {
    const basePath = await temporaryFolder();
    const storage = createLocalFsStorage({ basePath });
    for (const key of ['a\ufffd', '\ufffd/key']) await storage.put(key, new Uint8Array(1));
    const bytes = (...path: (string | number[])[]) =>
      Buffer.concat([
        Buffer.from(`${basePath}/`),
        ...path.map((part) => Buffer.from(part as string)),
      ]);
    await writeFile(bytes('a', [0xff]), '');
    await writeFile(bytes('a', [0xfe]), '');
    await mkdir(bytes([0xff]));
    await writeFile(bytes([0xff], '/other'), '');
    expect(await listKeys(storage)).toEqual(['a\ufffd', '\ufffd/key']);
  },
);

it('what vanishes while it is listed is passed over', async () => {
  const basePath = await meteredFolder();
  const storage = createLocalFsStorage({ basePath });
  const rest: string[] = [];
  for await (const { key } of storage.list({ prefix: 'metering/ru/' })) {
    if (rest.push(key) > 1) continue;
    await rm(join(basePath, `metering/ru/${MINUTES[0]}/tidb/pool`), { recursive: true });
    await rm(join(basePath, `metering/ru/${MINUTES[1]}`), { recursive: true });
  }
  expect(rest.map((key) => key.split('/').slice(2, 4).join('/'))).toEqual([
    ...['pd', 'pd', 'tikv', 'tikv'].map((category) => `${MINUTES[0]}/${category}`),
    ...['pd', 'pd', 'tidb', 'tidb', 'tikv', 'tikv'].map((category) => `${MINUTES[2]}/${category}`),
  ]);
});

it('is ended by an abort', async () => {
  const storage = createLocalFsStorage({ basePath: await meteredFolder() });
  const controller = new AbortController();
  const reason = new Error('enough');
  const listed: string[] = [];
  const listing = (async () => {
    for await (const { key } of storage.list({}, { signal: controller.signal })) {
      listed.push(key);
      controller.abort(reason);
    }
  })();
  await expect(listing).rejects.toBe(reason);
  expect(listed).toHaveLength(1);
});

it('is no complete one where the base folder is gone before its end', async () => {
  const basePath = await meteredFolder();
  const storage = createLocalFsStorage({ basePath, createDirs: false });
  const listing = (async () => {
    for await (const _ of storage.list()) await rm(basePath, { recursive: true, force: true });
  })();
  await expect(listing).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND', operation: 'list' });
});
