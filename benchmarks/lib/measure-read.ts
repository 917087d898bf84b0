import { createMemoryStorage, type ObjectInfo, type StorageProvider } from '@metering/core';
import { createMeteringReader, type MeteringPage, type MeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { PAGE_SET_RANGE } from './page-set.ts';
import { repeatTimed } from './repeat-timed.ts';
import type { ReadTask, TimedResult } from './task.ts';

type Read = (reader: MeteringReader) => Promise<{ records: number; sum: number }>;

const READS: Readonly<Record<ReadTask['how'], Read>> = {
  records: readRecords,
  scan: scanPages,
  kept: keepPages,
  totals: addUp,
};

/** Reads every page of a folder out of memory. */
export async function measureRead({ folder, how, repeat }: ReadTask): Promise<TimedResult> {
  const storage = await copyToMemory(createLocalFsStorage({ basePath: folder }));
  const objects = await listAll(storage);
  const gzipBytes = objects.reduce((sum, { size }) => sum + size, 0);
  const reader = createMeteringReader({ storage });
  return repeatTimed(repeat, () => async () => {
    const done = await READS[how](reader);
    return { ...done, pages: objects.length, gzipBytes };
  });
}

async function readRecords(reader: MeteringReader) {
  let records = 0;
  for await (const _ of reader.records(PAGE_SET_RANGE)) records++;
  return { records, sum: 0 };
}

async function scanPages(reader: MeteringReader) {
  let records = 0;
  for await (const { data } of reader.scan(PAGE_SET_RANGE)) records += data.length;
  return { records, sum: 0 };
}

async function keepPages(reader: MeteringReader) {
  const pages: MeteringPage[] = [];
  for await (const result of reader.readMany(reader.list({ timestamp: PAGE_SET_RANGE.from }))) {
    if (!result.ok) throw result.error;
    pages.push(result.page);
  }
  return { records: pages.reduce((sum, { data }) => sum + data.length, 0), sum: 0 };
}

async function addUp(reader: MeteringReader) {
  const totals = await reader.totals(PAGE_SET_RANGE);
  const sum = totals.rows.reduce((sum, { value }) => sum + Number(value), 0);
  return { records: totals.records, sum };
}

async function copyToMemory(files: StorageProvider): Promise<StorageProvider> {
  const memory = createMemoryStorage();
  for (const { key } of await listAll(files)) await memory.put(key, await files.get(key));
  return memory;
}

async function listAll(storage: StorageProvider): Promise<ObjectInfo[]> {
  const objects: ObjectInfo[] = [];
  for await (const object of storage.list()) objects.push(object);
  return objects;
}
