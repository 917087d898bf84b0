import { writeFile } from 'node:fs/promises';
import { stringifyJson } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';
import { createDataSet } from './data-sets.ts';
import { pageSet } from './page-set.ts';
import type { PrepareResult, PrepareTask } from './task.ts';

export async function prepare(task: PrepareTask): Promise<PrepareResult> {
  const { records, jsonBytes } = createDataSet(task.data, task.jsonBytes);
  await writeFile(
    task.recordsFile,
    records.map((record) => `${stringifyJson(record)}\n`),
  );
  for (const { folder, pageSizeBytes } of task.folders) {
    const storage = createLocalFsStorage({ basePath: folder });
    await createMeteringWriter({ storage, pageSizeBytes }).write(pageSet(records));
  }
  return { jsonBytes };
}
