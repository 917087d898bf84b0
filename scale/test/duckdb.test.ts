import { createLocalFsStorage } from '@metering/storage-localfs';
import { temporaryFolder } from '@metering/testing-support';
import { createMeteringWriter } from '@metering/writer';
import { describe, expect, it } from 'vitest';
import { queryDuckDb, type Row } from '../lib/query-duckdb.ts';
import { ALWAYS, ourTotals, readerOf } from './support/totals.ts';
import {
  addGoFiles,
  addHiddenNames,
  addLookalikes,
  interruptSet,
  writeUsage,
} from './support/usage-files.ts';

describe('DuckDB on the files as they are', () => {
  it('adds up what we wrote as we do, to the last unit', async () => {
    const folder = await temporaryFolder();
    await writeUsage(folder);
    const totals = await queryDuckDb(folder, 'totals');
    expect(totals).toEqual(await ourTotals(folder));
    // Three minutes of 60 and 3 records each: 2^64 - 1 - i in every one.
    const egress = totals.find(({ metric }) => metric === 'egress');
    const taken = (59n * 60n) / 2n + (2n * 3n) / 2n;
    expect(egress?.total).toBe(3n * (63n * (2n ** 64n - 1n) - taken));
    expect(totals.filter(({ metric }) => metric === 'storage')).toHaveLength(2);
    expect(totals).toHaveLength(5);
  });

  it('adds up what Go wrote beside it, too', async () => {
    const folder = await temporaryFolder();
    await writeUsage(folder);
    const before = await queryDuckDb(folder, 'totals');
    addGoFiles(folder);
    const totals = await queryDuckDb(folder, 'totals');
    expect(totals.length).toBeGreaterThan(before.length);
    expect(totals).toEqual(await ourTotals(folder));
  });

  it('takes for usage what we do, and reads hidden names, too', async () => {
    const folder = await temporaryFolder();
    await writeUsage(folder);
    const before = await ourTotals(folder);
    addLookalikes(folder);
    await addHiddenNames(folder);
    const ours = await ourTotals(folder);
    expect(ours).toHaveLength(before.length + 3 + 6);
    expect(await queryDuckDb(folder, 'totals')).toEqual(ours);
  });

  it('adds up metrics that are named, exactly, too', async () => {
    const folder = await temporaryFolder();
    await writeUsage(folder);
    addGoFiles(folder);
    const named = (await ourTotals(folder)).filter(({ metric }) =>
      /^(egress|requests)$/.test(metric),
    );
    expect(named).toHaveLength(2);
    expect(await queryDuckDb(folder, 'totals-of-known-metrics')).toEqual(named);
  });

  it('adds up for each cluster and hour as we do', async () => {
    const folder = await temporaryFolder();
    await writeUsage(folder);
    addGoFiles(folder);
    const { rows } = await readerOf(folder).totals({ ...ALWAYS, by: ['cluster', 'hour'] });
    const ours = rows.map(({ cluster = null, hour = 0, metric, unit, value }) => {
      return { cluster, hour: BigInt(hour), metric, unit, total: value };
    });
    expect(await queryDuckDb(folder, 'totals-by-cluster-and-hour')).toEqual(ours);
  });

  it('tells which sets are complete, as we do', async () => {
    const folder = await temporaryFolder();
    await writeUsage(folder);
    addGoFiles(folder);
    interruptSet(folder);
    const sets = await queryDuckDb(folder, 'sets');
    expect(sets).toEqual(await ourSets(folder));
    expect(sets.filter(({ status }) => status === 'incomplete')).toMatchObject([
      { timestamp: 1_763_700_000n, category: 'api', shared_pool_id: 'pool-a', self_id: 'a1' },
    ]);
    expect(sets.filter(({ status }) => status === 'complete')).toHaveLength(8);
    expect(sets.filter(({ status }) => status === 'unknown')).toHaveLength(12);
  });

  it('reads a page that is larger than the 16 MiB of JSON that it takes by default', async () => {
    const folder = await temporaryFolder();
    const storage = createLocalFsStorage({ basePath: folder });
    const record = { note: 'x'.repeat(1_000_000), requests: { value: 1, unit: 'count' } };
    const data = Array.from({ length: 17 }, () => record);
    const usage = { timestamp: 1_763_700_000, category: 'api', selfId: 'a1', data };
    await createMeteringWriter({ storage, pageSizeBytes: 0 }).write(usage);
    const totals = await queryDuckDb(folder, 'totals');
    expect(totals).toEqual([{ metric: 'requests', unit: 'count', total: 17n }]);
  });
});

/** The sets in a folder as `sql/duckdb/sets.sql` gives them, for `@metering/reader`. */
async function ourSets(folder: string): Promise<Row[]> {
  const sets: Row[] = [];
  for await (const set of readerOf(folder).sets(ALWAYS)) {
    const { timestamp, category, sharedPoolId, selfId, status } = set;
    sets.push({
      timestamp: BigInt(timestamp),
      category,
      shared_pool_id: sharedPoolId,
      self_id: selfId,
      status,
    });
  }
  return sets;
}
