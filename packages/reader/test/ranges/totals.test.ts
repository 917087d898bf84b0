import { createMemoryStorage, type MeteringRecord, ValidationError } from '@metering/core';
import { createMeteringWriter } from '@metering/writer';
import { describe, expect, it } from 'vitest';
import { createMeteringReader, type TotalsGroup } from '../../src/index.ts';
import { MINUTE, PAGE, PAGE_KEY, putJson, putPage } from '../support/files.ts';

const HOUR = MINUTE - (MINUTE % 3600);
const DAY = MINUTE - (MINUTE % 86_400);
const RANGE = { from: DAY, to: DAY + 2 * 86_400 };

function setUp() {
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage });
  const write = (data: MeteringRecord[], page: Partial<typeof PAGE> = {}) =>
    writer.write({ ...PAGE, ...page, data });
  return { storage, write, reader: createMeteringReader({ storage }) };
}

function egress(value: number | bigint, cluster?: string, unit = 'bytes'): MeteringRecord {
  return {
    ...(cluster === undefined ? {} : { logical_cluster_id: cluster }),
    egress: { value, unit },
  };
}

describe('totals', () => {
  it('are exact beyond 2^53 and beyond 2^64', async () => {
    const { write, reader } = setUp();
    await write([egress(2n ** 64n - 1n), egress(2n ** 64n - 1n), egress(1)]);
    await write([egress(2 ** 53 - 1), egress(2)], { selfId: 'n2' });
    expect(await reader.totals(RANGE)).toEqual({
      rows: [{ metric: 'egress', unit: 'bytes', value: 2n ** 65n - 2n + 1n + 2n ** 53n + 1n }],
      records: 5,
      others: 0,
      pages: 2,
      sets: { complete: 2, unknown: 0, incomplete: 0 },
    });
  });

  it('never add two units of one metric', async () => {
    const { write, reader } = setUp();
    await write([egress(1), egress(2, 'c', 'MB'), egress(3, 'c', '')]);
    expect((await reader.totals(RANGE)).rows).toEqual([
      { metric: 'egress', unit: '', value: 3n },
      { metric: 'egress', unit: 'MB', value: 2n },
      { metric: 'egress', unit: 'bytes', value: 1n },
    ]);
  });

  it('are sorted by what they are grouped by, in the order in which it was asked for', async () => {
    const { write, reader } = setUp();
    await write([egress(1, '\u{1f600}'), egress(2, '\u{ff5e}'), egress(3), egress(4, 'b')]);
    const { rows } = await reader.totals({ ...RANGE, by: 'cluster' });
    expect(rows.map(({ cluster }) => cluster)).toEqual([undefined, 'b', '\u{ff5e}', '\u{1f600}']);
    await write([egress(5, 'b')], { timestamp: MINUTE + 60 });
    const byTime = await reader.totals({ ...RANGE, by: ['minute', 'cluster'] });
    expect(byTime.rows.map(({ minute, cluster }) => [minute, cluster])).toEqual([
      [MINUTE, undefined],
      [MINUTE, 'b'],
      [MINUTE, '\u{ff5e}'],
      [MINUTE, '\u{1f600}'],
      [MINUTE + 60, 'b'],
    ]);
    expect(Object.keys(byTime.rows[4] ?? {})).toEqual([
      'minute',
      'cluster',
      'metric',
      'unit',
      'value',
    ]);
  });

  it.each<[TotalsGroup, unknown[]]>([
    ['category', ['a', 'b']],
    ['sharedPoolId', ['p']],
    ['selfId', ['n1', 'n2']],
    ['minute', [HOUR, HOUR + 60, HOUR + 3600, DAY + 86_400]],
    ['hour', [HOUR, HOUR + 3600, DAY + 86_400]],
    ['day', [DAY, DAY + 86_400]],
  ])('can be grouped by %s', async (group, expected) => {
    const { write, reader } = setUp();
    const pool = { sharedPoolId: 'p' };
    await write([egress(1)], { ...pool, category: 'a', timestamp: HOUR });
    await write([egress(1)], { ...pool, category: 'b', timestamp: HOUR + 60 });
    await write([egress(1)], { ...pool, category: 'b', timestamp: HOUR + 3600, selfId: 'n2' });
    await write([egress(1)], { ...pool, category: 'a', timestamp: DAY + 86_400 });
    const { rows } = await reader.totals({ ...RANGE, by: [group, group] });
    expect(rows.map((row) => row[group])).toEqual(expected);
    expect(rows.reduce((sum, { value }) => sum + value, 0n)).toBe(4n);
  });

  it('count what is no usage, instead of dropping it in silence', async () => {
    const { storage, reader } = setUp();
    const data = [
      { logical_cluster_id: 'c', egress: { value: 1, unit: 'bytes' }, note: 'x' },
      { egress: { value: 1.5, unit: 'bytes' } },
      { egress: { value: -1, unit: 'bytes' } },
      { egress: { value: 2n ** 64n, unit: 'bytes' } },
      { egress: { value: '1', unit: 'bytes' } },
      { egress: { value: 1 }, ingress: { unit: 'bytes' }, list: [1] },
      { logical_cluster_id: 5 },
      {},
    ];
    await putJson(storage, PAGE_KEY, { data });
    expect(await reader.totals(RANGE)).toMatchObject({
      rows: [{ metric: 'egress', unit: 'bytes', value: 1n }],
      records: 8,
      others: 9,
    });
  });

  it('of nothing are no rows', async () => {
    const { storage, reader } = setUp();
    await putPage(storage);
    expect(await reader.totals({ ...RANGE, by: ['day'] })).toEqual({
      rows: [],
      records: 0,
      others: 0,
      pages: 1,
      sets: { complete: 0, unknown: 1, incomplete: 0 },
    });
  });

  it.each([[['tenant']], ['year'], [[undefined]], [5]])('refuse to group by %j', async (by) => {
    const { reader } = setUp();
    const error = await reader.totals({ ...RANGE, by: by as never }).catch((reason) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toBe('by[0]');
  });
});
