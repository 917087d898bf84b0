import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createMemoryStorage } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';
import { createDataSet } from './data-sets.ts';
import { pageSet } from './page-set.ts';
import { repeatTimed } from './repeat-timed.ts';
import type { TimedResult, WriteTask } from './task.ts';

/** Writes an array of records, each time to a new place. */
export async function measureWrite(task: WriteTask): Promise<TimedResult> {
  const { records } = createDataSet(task.data, task.jsonBytes);
  const { pageSizeBytes, compressionLevel, folder } = task;
  const result = await repeatTimed(task.repeat, async (run) => {
    const storage =
      folder === undefined
        ? createMemoryStorage()
        : createLocalFsStorage({ basePath: join(folder, `ours-${run}`) });
    const writer = createMeteringWriter({ storage, pageSizeBytes, compressionLevel });
    return async () => {
      const { pages } = await writer.write(pageSet(records));
      return {
        pages: pages.length,
        records: pages.reduce((sum, page) => sum + page.records, 0),
        gzipBytes: pages.reduce((sum, page) => sum + page.bytes, 0),
      };
    };
  });
  if (folder !== undefined) await rm(folder, { recursive: true });
  return result;
}
