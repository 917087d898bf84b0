import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';
import { pageSet } from './page-set.ts';
import { recurringRecords } from './recurring-records.ts';
import type { WriteMemoryResult, WriteMemoryTask } from './task.ts';

/** The most memory that the process held while it wrote an iterable to a folder. */
export async function measureWriteMemory(task: WriteMemoryTask): Promise<WriteMemoryResult> {
  const { concurrency, pageSizeBytes } = task;
  const data = recurringRecords(task.data, task.jsonBytes);
  const storage = createLocalFsStorage({ basePath: task.folder });
  const writer = createMeteringWriter({ storage, concurrency, pageSizeBytes });
  const baselineBytes = process.memoryUsage.rss();
  await writer.write(pageSet(data));
  const result = { baselineBytes, peakBytes: peakBytes() };
  await rm(task.folder, { recursive: true });
  return result;
}

/**
 * Of this program alone: the `maxRSS` of `resourceUsage()` begins, on Linux, with what the process
 * held that started it.
 */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
