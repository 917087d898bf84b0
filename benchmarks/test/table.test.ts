import { describe, expect, it } from 'vitest';
import type { Goal } from '../lib/goals.ts';
import type { Row } from '../lib/measurement.ts';
import { formatTable, regressionsOf } from '../lib/table.ts';

const FIVE_TIMES: Goal = { bound: 'least', unit: '×', asked: 5, aim: 8, gate: 3.75 };
const AT_MOST_20_MS: Goal = { bound: 'most', unit: ' ms', asked: 20, aim: 15 };
const AT_MOST_120_MB: Goal = { bound: 'most', unit: ' MB', asked: 120, gate: 160 };

function rowOf(rounds: readonly number[], goal: Goal): Row {
  return { what: 'write', ours: '228 MB/s', peer: 'Go 38 MB/s', ratio: { rounds, goal } };
}

describe('the table', () => {
  it('shows the median and the range of the rounds, and holds the median to what is asked', () => {
    const table = formatTable([rowOf([4, 6, 9], FIVE_TIMES)], true);
    expect(table.split('\n').at(-1)).toBe(
      '| write | 228 MB/s | Go 38 MB/s | 6.00× (4.00–9.00) | ✔ ≥ 5× | ✘ ≥ 8× |',
    );
  });

  it('shows the goals of several figures in one row', () => {
    const figure = { name: 'max', rounds: [17], goal: AT_MOST_20_MS };
    const table = formatTable([{ what: 'gap', ours: '17 ms', others: [figure] }], true);
    expect(table.split('\n').at(-1)).toBe('| gap | 17 ms |  |  | ✔ max ≤ 20 ms | ✘ max ≤ 15 ms |');
  });

  it('aligns its columns for a terminal', () => {
    const [headings, row] = formatTable([rowOf([6], FIVE_TIMES)], false).split('\n');
    expect(row?.indexOf('Go')).toBe(headings?.indexOf('beside'));
  });
});

describe('what CI fails for', () => {
  it('is a figure beyond its gate in every round', () => {
    expect(regressionsOf([rowOf([3, 3.74, 2], FIVE_TIMES)])).toEqual([
      'write: ≥ 3.75×, but it is 3.00× (2.00–3.74)',
    ]);
    expect(regressionsOf([rowOf([161], AT_MOST_120_MB)])).toHaveLength(1);
  });

  it('is no figure that is within its gate once, though it misses what is asked', () => {
    expect(regressionsOf([rowOf([3, 3.75, 2], FIVE_TIMES)])).toEqual([]);
    expect(regressionsOf([rowOf([170, 130], AT_MOST_120_MB)])).toEqual([]);
  });

  it('is no figure without a gate', () => {
    expect(regressionsOf([rowOf([99], AT_MOST_20_MS)])).toEqual([]);
  });
});
