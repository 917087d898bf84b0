import type { ChildProcesses } from './child-process.ts';
import type { Measurement } from './measurement.ts';
import { median } from './statistics.ts';
import type { LoopGapResult, LoopGapTask } from './task.ts';

const LONGEST_ASKED_MS = 50;

/** How long the event loop stands still while records are written. */
export function loopGapMeasurement(
  what: string,
  task: LoopGapTask,
  children: ChildProcesses,
): Measurement {
  const results: LoopGapResult[] = [];
  return {
    what,
    async run() {
      results.push(await children.run(task));
    },
    row() {
      const gaps = results.map(({ longestMs }) => longestMs);
      const longest = median(gaps);
      const best = Math.min(...gaps);
      const p99 = median(results.map(({ p99Ms }) => p99Ms));
      const busy = median(results.map(({ longestBusyMs }) => longestBusyMs));
      return {
        what,
        ours: `${milliseconds(longest)} (best ${milliseconds(best)}), p99 ${milliseconds(p99)}, busy ${milliseconds(busy)}`,
        ask: { text: `≤ ${LONGEST_ASKED_MS} ms`, passed: longest <= LONGEST_ASKED_MS },
      };
    },
  };
}

function milliseconds(duration: number): string {
  return `${duration.toFixed(0)} ms`;
}
