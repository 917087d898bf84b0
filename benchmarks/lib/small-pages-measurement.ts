import type { BenchContext } from './bench-context.ts';
import { GOALS } from './goals.ts';
import type { Measurement, Row } from './measurement.ts';
import { median } from './statistics.ts';
import type { Contest, SmallPagesResult, SmallPagesTask } from './task.ts';

/** How long one small page takes, and how long `JSON` and `node:zlib` alone. */
export function smallPagesMeasurement(
  { children }: BenchContext,
  task: Omit<SmallPagesTask, 'kind'>,
): Measurement {
  const what = `one page of ${task.records} record${task.records === 1 ? '' : 's'}, warm`;
  const results: SmallPagesResult[] = [];
  return {
    what,
    async run() {
      results.push(await children.run({ kind: 'small-pages', ...task }));
    },
    rows() {
      return [
        rowOf(
          `write ${what}`,
          'JSON.stringify, gzipSync',
          results.map(({ write }) => write),
        ),
        rowOf(
          `read ${what}`,
          'gunzipSync, JSON.parse',
          results.map(({ read }) => read),
        ),
      ];
    },
  };
}

function rowOf(what: string, plainCalls: string, contests: readonly Contest[]): Row {
  const microseconds = (side: keyof Contest) =>
    `${median(contests.map((contest) => contest[side])).toFixed(0)} µs`;
  return {
    what,
    ours: microseconds('ours'),
    peer: `${plainCalls} ${microseconds('plain')}`,
    ratio: { rounds: contests.map(({ ours, plain }) => plain / ours), goal: GOALS.smallPage },
  };
}
