import type { BenchContext } from './bench-context.ts';
import type { Goal } from './goals.ts';
import type { Measurement } from './measurement.ts';
import { median } from './statistics.ts';
import type { MemoryResult, ReadMemoryTask, WriteMemoryTask } from './task.ts';

/** The most memory that a process takes. */
export function memoryMeasurement(
  { children }: BenchContext,
  what: string,
  task: ReadMemoryTask | WriteMemoryTask,
  goal: Goal,
): Measurement {
  const results: MemoryResult[] = [];
  const megabytes = (name: keyof MemoryResult) => results.map((result) => result[name] / 1e6);
  return {
    what,
    async run() {
      results.push(await children.run(task));
    },
    rows() {
      const peaks = megabytes('peakBytes');
      const baseline = median(megabytes('baselineBytes'));
      return [
        {
          what,
          ours: `${median(peaks).toFixed(0)} MB, of which ${baseline.toFixed(0)} before`,
          others: [{ rounds: peaks, goal }],
        },
      ];
    },
  };
}
