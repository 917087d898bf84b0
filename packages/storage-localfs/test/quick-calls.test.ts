import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@metering/testing-support';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BoundedFiles } from '../src/lib/bounded-files.ts';
import { FolderEntries } from '../src/lib/listing/folder-entries.ts';
import { QuickCalls } from '../src/lib/quick-calls.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** A clock that stands still but for what a call is said to take. */
function standingClock() {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => time);
  return (milliseconds: number) => {
    time += milliseconds;
  };
}

describe('calls that are alike', () => {
  it('are made on the spot once a thread was quick, for a millisecond at a time, and by threads after a slow one', async () => {
    const take = standingClock();
    const calls = new QuickCalls();
    const made: string[] = [];
    const make = (milliseconds: number) => {
      const by = (who: string) => {
        take(milliseconds);
        made.push(who);
        return who;
      };
      return calls.make(
        async () => by('thread'),
        () => by('spot'),
      );
    };
    await make(5);
    for (let count = 0; count < 40; count++) await make(0.0625);
    await make(0.5);
    await make(0.5);
    await make(0.0625);
    const spots = (count: number) => Array(count).fill('spot');
    const expected = [
      'thread',
      'thread',
      ...spots(16),
      'thread',
      ...spots(16),
      'thread',
      ...spots(5),
    ];
    expect(made).toEqual([...expected, 'spot', 'thread', 'spot']);
  });
});

describe('the entries of folders', () => {
  it('are all there, of small folders and of large ones, and of none where there is no folder', async () => {
    standingClock();
    const base = await temporaryFolder();
    const entries = new FolderEntries();
    for (const count of [3, 0, 128, 129, 1000, 1]) {
      const folder = join(base, `${count}`);
      mkdirSync(folder);
      const names = Array.from({ length: count }, (_, index) => `${index}`.padStart(4, '0'));
      for (const name of names) writeFileSync(join(folder, name), '');
      const read = await entries.read(folder);
      expect(read.map(({ name }) => name).sort()).toEqual(names);
      expect(read.every((entry) => entry.isFile())).toBe(true);
    }
    expect(await entries.read(join(base, 'nothing'))).toEqual([]);
    expect(await entries.read(join(base, '1/0000'))).toEqual([]);
  });
});

describe('the contents of files', () => {
  /** What a call gives, and whether the event loop turned before. */
  async function outcomeOf(call: () => Promise<Uint8Array>): Promise<[unknown, 'spot' | 'thread']> {
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    const result = await call().catch(({ code }: { code: unknown }) => code);
    return [result instanceof Uint8Array ? result.length : result, turned ? 'thread' : 'spot'];
  }

  it('are read on the spot where they are small, and no differently', async () => {
    standingClock();
    const base = await temporaryFolder();
    const files = new BoundedFiles();
    const read = (name: string, maxBytes = 100_000) =>
      outcomeOf(() => files.read(join(base, name), maxBytes, undefined));
    for (const size of [0, 1, 65_536, 65_537]) {
      writeFileSync(join(base, `${size}`), new Uint8Array(size));
    }
    symlinkSync('1', join(base, 'link'));
    mkdirSync(join(base, 'folder'));

    expect(await read('1')).toEqual([1, 'thread']);
    expect(await read('1')).toEqual([1, 'spot']);
    expect(await read('0')).toEqual([0, 'spot']);
    expect(await read('65536')).toEqual([65_536, 'spot']);
    expect(await read('65537')).toEqual([65_537, 'thread']);
    expect(await read('65537', 65_536)).toEqual(['TOO_LARGE', 'spot']);
    expect(await read('1', 0)).toEqual(['TOO_LARGE', 'spot']);
    expect(await read('folder')).toEqual(['NOT_FOUND', 'spot']);
    expect(await read('link')).toEqual(['ELOOP', 'spot']);
    expect(await read('none')).toEqual(['ENOENT', 'spot']);
  });
});
