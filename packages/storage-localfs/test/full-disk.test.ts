import { execFile, execFileSync } from 'node:child_process';
import { platform } from 'node:os';
import { promisify } from 'node:util';
import { FROM_SOURCE, temporaryFolder } from '@metering/testing-support';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { childPath } from './support/child.ts';
import { filesBelow, listKeys } from './support/listing.ts';

const MEGABYTE = 1024 * 1024;

// The system writes a part and says so; whoever does not look has published half a file.
it.skipIf(platform() === 'win32')(
  'a file beyond the limit of the process is NO_SPACE, and nothing half-written stays',
  async () => {
    const basePath = await temporaryFolder();
    const node = [process.execPath, ...FROM_SOURCE, childPath('limited-writer'), basePath];
    const command = `ulimit -f 512; exec "$@"`;
    const args = ['-c', command, 'bash', ...node, String(2 * MEGABYTE)];
    const { stdout } = await promisify(execFile)('bash', args);
    expect(stdout.trim().split('\n')).toEqual(['NO_SPACE', 'NO_SPACE']);
    expect(await filesBelow(basePath)).toEqual(['create', 'overwrite']);
  },
);

describe('a full disk', () => {
  it('is NO_SPACE, keeps what was there and leaves nothing half-written', async (context) => {
    const basePath = await temporaryFolder();
    if (!mountSmallDisk(basePath)) context.skip('this user may not mount a small disk');
    const storage = createLocalFsStorage({ basePath });
    const small = new Uint8Array(1000).fill(1);
    await storage.put('a/object', small);

    for (const mode of ['create', 'overwrite'] as const) {
      const key = mode === 'create' ? 'a/new' : 'a/object';
      await expect(storage.put(key, new Uint8Array(2 * MEGABYTE), { mode })).rejects.toMatchObject({
        code: 'NO_SPACE',
        message: expect.stringContaining('free some space'),
      });
    }
    expect(await storage.get('a/object')).toEqual(small);
    expect(await filesBelow(basePath)).toEqual(['a', 'a/object']);

    // All of the space is free again.
    await storage.put('a/new', new Uint8Array(MEGABYTE / 2), { mode: 'create' });
    expect(await listKeys(storage)).toEqual(['a/new', 'a/object']);
  });
});

function mountSmallDisk(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', [path]));
  return true;
}
