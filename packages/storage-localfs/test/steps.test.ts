import type { FileHandle } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { filesBelow } from './support/listing.ts';

/** The real calls, which write down their steps and tell of each before it is made. */
const recorder = vi.hoisted(() => ({
  steps: [] as string[],
  before: (_step: string) => {},
  record(step: string) {
    this.before(step);
    this.steps.push(step);
  },
}));
vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  const name = (path: string) => (path.endsWith('.tmp') ? 'temporary' : path.split('/').at(-1));
  const recordHandle = (path: string, handle: FileHandle) => {
    const { write, sync } = handle;
    handle.write = ((...args: Parameters<typeof write>) => {
      recorder.record(`write ${name(path)}`);
      return write.apply(handle, args);
    }) as typeof write;
    handle.sync = () => {
      recorder.record(`sync ${name(path)}`);
      return sync.call(handle);
    };
    return handle;
  };
  return {
    ...original,
    open: async (path: string, ...args: [string, number]) =>
      recordHandle(path, await original.open(path, ...args)),
    mkdir: (path: string, ...args: [number]) => {
      recorder.record(`mkdir ${name(path)}`);
      return original.mkdir(path, ...args);
    },
    link: (from: string, to: string) => {
      recorder.record(`link ${name(to)}`);
      return original.link(from, to);
    },
    rename: (from: string, to: string) => {
      recorder.record(`rename ${name(to)}`);
      return original.rename(from, to);
    },
    unlink: (path: string) => {
      recorder.record(`unlink ${name(path)}`);
      return original.unlink(path);
    },
  };
});
beforeEach(() => {
  recorder.steps = [];
  recorder.before = () => {};
});

const BODY = new Uint8Array([1, 2, 3]);
const WRITE = ['write temporary', 'sync temporary'];

async function newStorage(durability?: 'full' | 'none') {
  const basePath = join(await temporaryFolder(), 'base');
  return { basePath, storage: createLocalFsStorage({ basePath, durability }) };
}

async function stepsOf(run: () => Promise<unknown>): Promise<string[]> {
  recorder.steps = [];
  await run().catch(() => undefined);
  return recorder.steps;
}

describe.skipIf(platform() === 'win32')(
  'what a write says it has stored outlives a power cut',
  () => {
    it('new folders are synced up the chain, then the file, then what names it', async () => {
      const { storage, basePath } = await newStorage();
      const above = basePath.split('/').at(-2);
      expect(await stepsOf(() => storage.put('a/b/key', BODY, { mode: 'create' }))).toEqual([
        ...['mkdir base', `sync ${above}`, 'mkdir a', 'sync base', 'mkdir b', 'sync a'],
        ...[...WRITE, 'link key', 'unlink temporary', 'sync b'],
      ]);
      expect(await stepsOf(() => storage.put('a/b/other', BODY))).toEqual([
        ...[...WRITE, 'rename other', 'sync b'],
      ]);
    });

    it('folders that another process has made, maybe just now, are synced too', async () => {
      const { basePath, storage } = await newStorage();
      await storage.put('a/b/key', BODY);
      const another = createLocalFsStorage({ basePath });
      expect(await stepsOf(() => another.put('a/b/other', BODY))).toEqual([
        ...['mkdir base', 'mkdir a', 'sync base', 'mkdir b', 'sync a'],
        ...[...WRITE, 'rename other', 'sync b'],
      ]);
    });

    it('so does an object that create finds, as it counts as written', async () => {
      const { storage } = await newStorage();
      await storage.put('a/key', BODY);
      expect(await stepsOf(() => storage.put('a/key', BODY, { mode: 'create' }))).toEqual([
        ...[...WRITE, 'link key', 'unlink temporary', 'sync a'],
      ]);
    });

    it('so does a deletion, also a repeated one', async () => {
      const { storage } = await newStorage();
      await storage.put('a/key', BODY);
      expect(await stepsOf(() => storage.delete('a/key'))).toEqual(['unlink key', 'sync a']);
      expect(await stepsOf(() => storage.delete('a/key'))).toEqual(['sync a']);
      expect(await stepsOf(() => storage.delete('not/there'))).toEqual([]);
    });

    it('unless it is told not to care', async () => {
      const { storage } = await newStorage('none');
      const steps = await stepsOf(async () => {
        await storage.put('a/key', BODY);
        await storage.put('a/new', BODY, { mode: 'create' });
        await storage.delete('a/key');
      });
      expect(steps.filter((step) => step.startsWith('sync'))).toEqual([]);
    });
  },
);

/** A signal that is aborted just before the step is made. */
function abortBefore(step: string) {
  const controller = new AbortController();
  const reason = new Error('enough');
  recorder.before = (next) => {
    if (next === step) controller.abort(reason);
  };
  return { signal: controller.signal, reason };
}

describe('an abort', () => {
  it.for(['mkdir base', 'mkdir a', 'write temporary', 'sync temporary'])(
    'before "%s" rejects at once and leaves nothing, and close waits for that',
    async (step) => {
      const { basePath, storage } = await newStorage();
      const { signal, reason } = abortBefore(step);
      await expect(storage.put('a/key', BODY, { mode: 'create', signal })).rejects.toBe(reason);
      await storage.close();
      expect(recorder.steps).not.toContain('link key');
      expect((await filesBelow(basePath)).filter((path) => path !== 'a')).toEqual([]);
    },
  );

  it('of an overwrite leaves the old object', async () => {
    const { basePath, storage } = await newStorage();
    await storage.put('a/key', BODY);
    const { signal, reason } = abortBefore('sync temporary');
    await expect(storage.put('a/key', new Uint8Array(9), { signal })).rejects.toBe(reason);
    await storage.close();
    expect(await filesBelow(basePath)).toEqual(['a', 'a/key']);
    expect(new Uint8Array(await readFile(join(basePath, 'a/key')))).toEqual(BODY);
  });

  it('while it is moved in place leaves it whole or absent, and nothing else', async () => {
    const { basePath, storage } = await newStorage();
    const { signal, reason } = abortBefore('link key');
    await expect(storage.put('a/key', BODY, { mode: 'create', signal })).rejects.toBe(reason);
    await storage.close();
    expect(await filesBelow(basePath)).toEqual(['a', 'a/key']);
  });
});

it('a body that is handed over in several chunks is stored whole', async () => {
  const { storage } = await newStorage('none');
  const body = new Uint8Array(40 * 1024 * 1024).map((_, index) => index % 251);
  const steps = await stepsOf(() => storage.put('key', body));
  expect(steps.filter((step) => step === 'write temporary').length).toBeGreaterThanOrEqual(3);
  expect(Buffer.compare(await storage.get('key'), body)).toBe(0);
});
