import type { ChildProcess } from 'node:child_process';
import type { StorageProvider } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { nextMessage, temporaryFolder } from '@metering/testing-support';
import { describe, expect, it } from 'vitest';
import { createMeteringWriter } from '../src/index.ts';
import { dataOf, RECORD_BYTES, records } from './support/data.ts';
import { go, gone, startSetChild } from './support/set-child.ts';
import { looksComplete, type StoredPage, storedPages } from './support/stored-pages.ts';

const PAGES = 40;

/** One label a page: the first ones may be shared with another set. */
function labels(shared: number, rest: string): string[] {
  return Array.from({ length: PAGES }, (_, part) => (part < shared ? 's' : rest));
}

/** The first letter of what each page holds. */
function labelsOf(pages: readonly StoredPage[]): string[] {
  const ids = pages.flatMap((page) => page.data as readonly { logical_cluster_id: string }[]);
  return ids.map((record) => record.logical_cluster_id[0]!);
}

/** Waits until so many pages with a label are stored, or the process is gone. */
async function untilStored(
  storage: StorageProvider,
  label: string,
  count: number,
  child: ChildProcess,
): Promise<void> {
  while (child.exitCode === null) {
    // A page may go between its being listed and its being read.
    const pages = await storedPages(storage).catch(() => []);
    if (labelsOf(pages).filter((found) => found === label).length >= count) return;
  }
}

const dataOfLabels = (set: readonly string[]) => set.flatMap((label) => records(1, label));

// Two writers that both find a set free and then write it leave a mixture, page by page.
describe('of two processes that write one set with different data at once, exactly one ends whole', () => {
  it.each([0, 1, 20, 39])(
    'also when %i of their first pages are equal',
    { timeout: 120_000 },
    async (shared) => {
      const basePath = await temporaryFolder();
      const storage = createLocalFsStorage({ basePath });
      const sets = [labels(shared, 'a'), labels(shared, 'b')];
      const orders = sets.map((set) => ({ basePath, labels: set, overwrite: false }));
      const children = await Promise.all(orders.map(startSetChild));
      const said = Promise.all(children.map(nextMessage));
      for (const child of children) go(child);
      const outcomes = await said;
      await Promise.all(children.map(gone));

      const winner = outcomes.indexOf('written');
      expect(['ALREADY_EXISTS', 'PARTIAL_WRITE']).toContain(outcomes[1 - winner]);
      const pages = await storedPages(storage);
      expect(looksComplete(pages)).toBe(true);
      expect(pages.flatMap((page) => page.data)).toEqual(dataOfLabels(sets[winner]!));
    },
  );
});

describe('a process that is killed while it writes a set', () => {
  it.each([
    ['creates', false],
    ['overwrites', true],
  ])(
    'and %s leaves nothing that looks whole, and written again it is',
    { timeout: 240_000 },
    async (_, overwrite) => {
      const kills = [1, 4, 9, 17, 28];
      for (const afterPages of kills) {
        const basePath = await temporaryFolder();
        const storage = createLocalFsStorage({ basePath, durability: 'none' });
        const writer = createMeteringWriter({ storage, pageSizeBytes: RECORD_BYTES });
        if (overwrite) await writer.write(dataOf(records(PAGES + 5, 'o')));
        const set = labels(0, 'n');
        const child = await startSetChild({ basePath, labels: set, overwrite });
        const said = nextMessage(child).catch(() => 'killed');
        go(child);
        await untilStored(storage, 'n', afterPages, child);
        child.kill('SIGKILL');
        await Promise.all([said, gone(child)]);

        const left = await storedPages(storage);
        if (looksComplete(left)) expect(labelsOf(left)).toEqual(set);
        await writer.write(dataOf(dataOfLabels(set)), { overwrite });
        const pages = await storedPages(storage);
        expect(looksComplete(pages)).toBe(true);
        expect(labelsOf(pages)).toEqual(set);
      }
    },
  );
});
