import { createMemoryStorage } from '@metering/core';
import { createMeteringWriter } from '@metering/writer';
import { createDataSet } from './data-sets.ts';
import { pageSet } from './page-set.ts';
import { repeatTimed } from './repeat-timed.ts';
import type { TimedResult, WriteTask } from './task.ts';

/** Writes an array of records, each time to a new place. */
export async function measureWrite(task: WriteTask): Promise<TimedResult> {
  const { records } = createDataSet(task.data, task.jsonBytes);
  const { pageSizeBytes } = task;
  return repeatTimed(task.repeat, () => {
    const writer = createMeteringWriter({ storage: createMemoryStorage(), pageSizeBytes });
    return async () => {
      const { pages } = await writer.write(pageSet(records));
      return {
        pages: pages.length,
        records: pages.reduce((sum, page) => sum + page.records, 0),
        gzipBytes: pages.reduce((sum, page) => sum + page.bytes, 0),
        sum: 0,
      };
    };
  });
}
