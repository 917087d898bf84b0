import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createMemoryStorage } from '@metering/core';
import { createMeteringWriter } from '@metering/writer';
import { createDataSet } from './data-sets.ts';
import { pageSet } from './page-set.ts';
import { recurringRecords } from './recurring-records.ts';
import type { LoopGapResult, LoopGapTask } from './task.ts';

const NANOSECONDS_PER_MS = 1e6;

/** How long the event loop stood still during one write, cold, as a service's first. */
export async function measureLoopGap(task: LoopGapTask): Promise<LoopGapResult> {
  const data =
    task.input === 'array'
      ? createDataSet(task.data, task.jsonBytes).records
      : recurringRecords(task.data, task.jsonBytes);
  const writer = createMeteringWriter({ storage: createMemoryStorage() });
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await writer.write(pageSet(data));
  delays.disable();
  return {
    longestMs: delays.max / NANOSECONDS_PER_MS,
    p99Ms: delays.percentile(99) / NANOSECONDS_PER_MS,
  };
}
