import { createMemoryStorage } from '@metering/core';
import { createMeteringWriter } from '@metering/writer';
import { createDataSet } from './data-sets.ts';
import { EventLoopWatch } from './event-loop-watch.ts';
import { pageSet } from './page-set.ts';
import { recurringRecords } from './recurring-records.ts';
import type { LoopGapResult, LoopGapTask } from './task.ts';

/** How long the event loop stood still during one write, cold, as a service's first. */
export async function measureLoopGap(task: LoopGapTask): Promise<LoopGapResult> {
  const data =
    task.input === 'array'
      ? createDataSet(task.data, task.jsonBytes).records
      : recurringRecords(task.data, task.jsonBytes);
  const writer = createMeteringWriter({ storage: createMemoryStorage() });
  const watch = new EventLoopWatch();
  await writer.write(pageSet(data));
  return watch.stop();
}
