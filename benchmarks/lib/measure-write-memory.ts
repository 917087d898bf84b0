import { rm } from 'node:fs/promises';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';
import { pageSet } from './page-set.ts';
import { peakMemory } from './peak-memory.ts';
import { recurringRecords } from './recurring-records.ts';
import type { MemoryResult, WriteMemoryTask } from './task.ts';

/** Writes an async iterable to a folder, all options as they are by default. */
export async function measureWriteMemory(task: WriteMemoryTask): Promise<MemoryResult> {
  const records = recurringRecords(task.data, task.jsonBytes);
  const writer = createMeteringWriter({ storage: createLocalFsStorage({ basePath: task.folder }) });
  try {
    return await peakMemory(() => writer.write(pageSet(arriving(records))));
  } finally {
    await rm(task.folder, { recursive: true });
  }
}

/** One by one, as from a stream. */
async function* arriving<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
