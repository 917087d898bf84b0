import { gunzipSync, gzipSync } from 'node:zlib';
import { createMemoryStorage, type MeteringRecord, stringifyJson } from '@metering/core';
import { createMeteringReader } from '@metering/reader';
import { createMeteringWriter } from '@metering/writer';
import { alternate } from './alternate.ts';
import { createDataSet, type DataSetName } from './data-sets.ts';
import { pageSet } from './page-set.ts';
import type { SmallPagesResult, SmallPagesTask } from './task.ts';

const SAMPLE_JSON_BYTES = 500_000;

/** Writes and reads one page, in turns with `JSON` and `node:zlib` alone, which store nothing. */
export async function measureSmallPages(task: SmallPagesTask): Promise<SmallPagesResult> {
  const records = plainRecords(task.data).slice(0, task.records);
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage });
  const reader = createMeteringReader({ storage });
  // Each call has a text of its own: the same one again would be foreseen by the processor.
  const minutes = { ours: 0, plain: 0 };
  const write = await alternate(
    task.milliseconds,
    () => writer.write(pageSet(records, minutes.ours++)),
    () => gzipSync(JSON.stringify(pageSet(records, minutes.plain++))),
  );
  const { pages } = await writer.write(pageSet(records, minutes.ours));
  const key = pages[0]?.key as string;
  const body = await storage.get(key);
  const read = await alternate(
    task.milliseconds,
    () => reader.read(key),
    () => JSON.parse(gunzipSync(body).toString()),
  );
  return { write, read };
}

/** Those that `JSON` can write, and reads as they are. */
function plainRecords(data: DataSetName): MeteringRecord[] {
  return createDataSet(data, SAMPLE_JSON_BYTES).records.filter((record) => {
    const text = stringifyJson(record);
    return JSON.stringify(JSON.parse(text)) === text;
  });
}
