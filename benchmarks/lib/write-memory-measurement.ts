import type { ChildProcesses } from './child-process.ts';
import type { Measurement } from './measurement.ts';
import { median } from './statistics.ts';
import type { WriteMemoryResult, WriteMemoryTask } from './task.ts';

const ASKED_BESIDE_PAGES_BYTES = 120e6;

/** The most memory that writing an iterable takes. */
export function writeMemoryMeasurement(
  what: string,
  task: WriteMemoryTask,
  children: ChildProcesses,
): Measurement {
  const results: WriteMemoryResult[] = [];
  const limit = ASKED_BESIDE_PAGES_BYTES + (task.concurrency + 1) * task.pageSizeBytes;
  return {
    what,
    async run() {
      results.push(await children.run(task));
    },
    row() {
      const grown = results.map(({ baselineBytes, peakBytes }) => peakBytes - baselineBytes);
      const baseline = median(results.map(({ baselineBytes }) => baselineBytes));
      const bytes = median(grown);
      return {
        what,
        ours: `${megabytes(bytes)} (best ${megabytes(Math.min(...grown))}) over ${megabytes(baseline)}`,
        ask: { text: `≤ ${megabytes(limit)}`, passed: bytes <= limit },
      };
    },
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
