import { createMeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { PAGE_SET_RANGE } from './page-set.ts';
import { peakMemory } from './peak-memory.ts';
import type { MemoryResult, ReadMemoryTask } from './task.ts';

/** Reads the records of a folder one by one. */
export async function measureReadMemory({ folder }: ReadMemoryTask): Promise<MemoryResult> {
  const reader = createMeteringReader({ storage: createLocalFsStorage({ basePath: folder }) });
  return peakMemory(async () => {
    let records = 0;
    for await (const _ of reader.records(PAGE_SET_RANGE)) records++;
    if (records === 0) throw new Error(`there are no records in ${folder}`);
  });
}
