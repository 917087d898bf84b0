import { temporaryFolder } from '@metering/testing-support';
import { expect, it, vi } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { filesBelow } from './support/listing.ts';

/** A file system without hard links, as exFAT or some network mounts are. */
const answer = vi.hoisted(() => ({ errno: 'EPERM' }));
vi.mock('node:fs/promises', async (importOriginal) => ({
  ...(await importOriginal<typeof import('node:fs/promises')>()),
  link: async () => {
    throw Object.assign(new Error(`${answer.errno}: refused, link`), { code: answer.errno });
  },
}));

const BODY = new Uint8Array([1, 2, 3]);

// A copy in its stead could be seen half done, and of two copies at once both could win.
it.for(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'])(
  'where the file system answers a link with %s, create is UNSUPPORTED and leaves nothing',
  async (errno) => {
    answer.errno = errno;
    const basePath = await temporaryFolder();
    const storage = createLocalFsStorage({ basePath });
    expect(storage.capabilities.exclusiveCreate).toBe('unknown');
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(storage.put('a/key', BODY, { mode: 'create' })).rejects.toMatchObject({
        code: 'UNSUPPORTED',
        retryable: false,
      });
      expect(storage.capabilities.exclusiveCreate).toBe(false);
    }
    expect(await filesBelow(basePath)).toEqual(['a']);

    await storage.put('a/key', BODY);
    await storage.put('a/key', new Uint8Array([4]));
    expect(await storage.get('a/key')).toEqual(new Uint8Array([4]));
  },
);

it.for(['EACCES', 'EIO', 'ENOSPC'])(
  'another failure, %s, says nothing about links',
  async (errno) => {
    answer.errno = errno;
    const basePath = await temporaryFolder();
    const storage = createLocalFsStorage({ basePath });
    await expect(storage.put('key', BODY, { mode: 'create' })).rejects.toMatchObject({
      code: expect.not.stringMatching('UNSUPPORTED'),
    });
    expect(storage.capabilities.exclusiveCreate).toBe('unknown');
    expect(await filesBelow(basePath)).toEqual([]);
  },
);
