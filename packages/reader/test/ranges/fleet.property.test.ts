import { createMemoryStorage, FormatError, type StorageProvider } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createMeteringReader,
  type Gap,
  type MeteringPage,
  type RangeQuery,
  type TotalsGroup,
} from '../../src/index.ts';
import { collect } from '../support/collect.ts';
import { MINUTE } from '../support/files.ts';
import { FLEET_MINUTES, type FleetAct, fleet, performAll } from '../support/fleet.ts';
import { type NaiveSet, naivePages, naiveSets, naiveTotals } from '../support/naive-range.ts';
import { withTemporaryFolder } from '../support/temporary-folder.ts';

const END = MINUTE + 60 * FLEET_MINUTES;
const time = fc.integer({ min: MINUTE - 90, max: END + 90 });
const GROUPS: TotalsGroup[] = [
  'cluster',
  'category',
  'sharedPoolId',
  'selfId',
  'minute',
  'hour',
  'day',
];

interface Question {
  readonly query: RangeQuery;
  readonly by: readonly TotalsGroup[];
}

/** Half of the time everything, half of the time a part of it. */
const question: fc.Arbitrary<Question> = fc.record({
  query: fc.oneof(
    fc.constant({ from: MINUTE, to: END }),
    fc
      .record(
        {
          times: fc.tuple(time, time),
          category: fc.constantFrom('tidb', 'tikv-server'),
          sharedPoolId: fc.constantFrom('p', 'p-1'),
          selfId: fc.constantFrom('n', 'n1'),
        },
        { requiredKeys: ['times'] },
      )
      .map(({ times: [a, b], ...filter }) => ({
        from: Math.min(a, b),
        to: Math.max(a, b),
        ...filter,
      })),
  ),
  by: fc.shuffledSubarray(GROUPS),
});

const STORAGES: [
  string,
  number,
  (run: (storage: StorageProvider) => Promise<void>) => Promise<void>,
][] = [
  ['memory', 150, (run) => run(createMemoryStorage())],
  [
    'a folder',
    15,
    (run) =>
      withTemporaryFolder((basePath) =>
        run(createLocalFsStorage({ basePath, durability: 'none' })),
      ),
  ],
];

describe.each(STORAGES)('of any fleet of writers in %s', (_name, numRuns, withStorage) => {
  const holds = (check: (storage: StorageProvider, question: Question) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(fleet, question, (acts: FleetAct[], asked) =>
        withStorage(async (storage) => {
          await performAll(storage, acts);
          await check(storage, asked);
        }),
      ),
      { numRuns },
    );

  it('the sets are those that are stored, and what the file format says of them', () =>
    holds(async (storage, { query }) => {
      const found = await collect(createMeteringReader({ storage }).sets(query));
      const shown = found.map(({ key, status, pages }) => [
        key,
        status,
        pages.map((page) => page.key),
      ]);
      const expected = (await naiveSets(storage, query)).map(({ key, status, pages }) => [
        key,
        status,
        pages.map((page) => page.key),
      ]);
      expect(shown).toEqual(expected);
    }));

  it.each(['skip', 'include'] as const)(
    'scan and records give every page and record: %s',
    (incomplete) =>
      holds(async (storage, { query }) => {
        const reader = createMeteringReader({ storage });
        const expected = naivePages(await naiveSets(storage, query), incomplete);
        expect(await collect(reader.scan({ ...query, incomplete }))).toEqual(expected);
        const records = expected.flatMap(({ data, ...page }) =>
          data.map((record) => ({ ...page, record })),
        );
        expect(await collect(reader.records({ ...query, incomplete }))).toEqual(records);
      }),
  );

  it('by default nothing of an incomplete set is given, nor anything behind it', () =>
    holds(async (storage, { query }) => {
      const sets = await naiveSets(storage, query);
      const index = sets.findIndex(({ status }) => status === 'incomplete');
      const whole = index < 0 ? sets : sets.slice(0, index);
      const given: MeteringPage[] = [];
      const error = await giveAll(createMeteringReader({ storage }).scan(query), given);
      expect(given).toEqual(naivePages(whole, 'include'));
      expect(error?.code).toBe(index < 0 ? undefined : 'INCOMPLETE_SET');
      expect(error?.key).toBe(sets[index]?.key);
    }));

  it('totals are the exact sums of what scan gives', () =>
    holds(async (storage, { query, by }) => {
      const sets = await naiveSets(storage, query);
      const pages = naivePages(sets, 'skip');
      const expected = naiveTotals(pages, by);
      const totals = await createMeteringReader({ storage }).totals({
        ...query,
        by,
        incomplete: 'skip',
      });
      const rows = totals.rows.map(({ value, metric, unit, ...row }) => {
        const groups = Object.fromEntries(by.map((group) => [group, row[group]]));
        return [JSON.stringify({ ...groups, metric, unit }), value];
      });
      expect(new Map(rows as [string, bigint][])).toEqual(expected.sums);
      expect(totals.rows).toHaveLength(expected.sums.size);
      expect(totals.others).toBe(expected.others);
      expect(totals.pages).toBe(pages.length);
      expect(totals.records).toBe(pages.flatMap(({ data }) => data).length);
      const count = (wanted: string) => sets.filter(({ status }) => status === wanted).length;
      expect(totals.sets).toEqual({
        complete: count('complete'),
        unknown: count('unknown'),
        incomplete: count('incomplete'),
      });
    }));

  it('gaps are the minutes in which a writer that is seen stored nothing, or not all', () =>
    holds(async (storage, { query }) => {
      const sets = await naiveSets(storage, query);
      const gaps = await collect(createMeteringReader({ storage }).gaps(query));
      expect(minutesOf(gaps, 'silent')).toEqual(silentMinutes(sets, query));
      const incomplete = sets.filter(({ status }) => status === 'incomplete');
      expect(minutesOf(gaps, 'incomplete')).toEqual(
        incomplete.map(({ key, pages }) => `${pages[0]?.timestamp} ${writerOf(key)}`).sort(),
      );
      expect(gaps.flatMap(({ set }) => set?.key ?? [])).toEqual(incomplete.map(({ key }) => key));
      expectMerged(gaps);
    }));
});

/** Takes all pages there are, and gives what it ends with. */
async function giveAll(pages: AsyncIterable<MeteringPage>, given: MeteringPage[]) {
  try {
    for await (const page of pages) given.push(page);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error as FormatError;
  }
}

function writerOf(setKey: string): string {
  return setKey.split('/').slice(3).join('/').slice(0, -1);
}

function minutesOf(gaps: readonly Gap[], kind: Gap['kind']): string[] {
  const minutes: string[] = [];
  for (const gap of gaps) {
    if (gap.kind !== kind) continue;
    for (let minute = gap.from; minute < gap.to; minute += 60) {
      minutes.push(`${minute} ${gap.category}/${gap.sharedPoolId}/${gap.selfId}`);
    }
  }
  return minutes.sort();
}

function silentMinutes(sets: readonly NaiveSet[], { from, to }: RangeQuery): string[] {
  const stored = new Set(sets.map(({ key, pages }) => `${pages[0]?.timestamp} ${writerOf(key)}`));
  const writers = new Set(sets.map(({ key }) => writerOf(key)));
  const silent: string[] = [];
  for (let minute = Math.ceil(from / 60) * 60; minute < to; minute += 60) {
    for (const writer of writers) {
      if (!stored.has(`${minute} ${writer}`)) silent.push(`${minute} ${writer}`);
    }
  }
  return silent.sort();
}

/** No silence ends where another one of the same writer begins. */
function expectMerged(gaps: readonly Gap[]): void {
  const silent = gaps.filter(({ kind }) => kind === 'silent');
  const id = (gap: Gap, moment: number) =>
    `${moment} ${gap.category}/${gap.sharedPoolId}/${gap.selfId}`;
  const ends = new Set(silent.map((gap) => id(gap, gap.to)));
  expect(silent.filter((gap) => ends.has(id(gap, gap.from)))).toEqual([]);
}
