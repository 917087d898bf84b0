import type { BenchContext } from './bench-context.ts';
import { GOALS } from './goals.ts';
import type { Measurement } from './measurement.ts';
import { median } from './statistics.ts';
import type { LoopGapResult, LoopGapTask } from './task.ts';

/** How long the event loop stands still while records are written. */
export function loopGapMeasurement(
  { children }: BenchContext,
  what: string,
  task: Omit<LoopGapTask, 'kind'>,
): Measurement {
  const results: LoopGapResult[] = [];
  const numbers = (name: keyof LoopGapResult) => results.map((result) => result[name]);
  const milliseconds = (name: keyof LoopGapResult) => median(numbers(name)).toFixed(1);
  return {
    what,
    async run() {
      results.push(await children.run({ kind: 'loop-gap', ...task }));
    },
    rows() {
      const longest = `max ${milliseconds('longestMs')} ms (own ${milliseconds('ownLongestMs')})`;
      const p99 = `p99 ${milliseconds('p99Ms')} ms (own ${milliseconds('ownP99Ms')})`;
      return [
        {
          what,
          ours: `${longest}, ${p99}`,
          others: [
            { name: 'max', rounds: numbers('longestMs'), goal: GOALS.longestGap },
            { name: 'p99', rounds: numbers('p99Ms'), goal: GOALS.p99Gap },
          ],
        },
      ];
    },
  };
}
