import { createMemoryStorage, type ObjectInfo, type StorageProvider } from '@metering/core';
import { createMeteringReader, type MeteringPage, type MeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { repeatTimed } from './repeat-timed.ts';
import type { ReadTask, TimedResult } from './task.ts';

/** Reads every page of a folder and keeps them all: one by `read`, more by `readMany`. */
export async function measureRead({ folder, inMemory, repeat }: ReadTask): Promise<TimedResult> {
  const files = createLocalFsStorage({ basePath: folder });
  const storage = inMemory ? await copyToMemory(files) : files;
  const objects = await listAll(storage);
  const reader = createMeteringReader({ storage });
  const keys = objects.map(({ key }) => key);
  const gzipBytes = objects.reduce((sum, { size }) => sum + size, 0);
  return repeatTimed(repeat, async () => async () => {
    const pages = await readAll(reader, keys);
    const records = pages.reduce((sum, { data }) => sum + data.length, 0);
    return { pages: pages.length, records, gzipBytes };
  });
}

async function readAll(reader: MeteringReader, keys: readonly string[]): Promise<MeteringPage[]> {
  const [first, ...rest] = keys;
  if (first !== undefined && rest.length === 0) return [await reader.read(first)];
  const pages: MeteringPage[] = [];
  for await (const result of reader.readMany(keys)) {
    if (!result.ok) throw result.error;
    pages.push(result.page);
  }
  return pages;
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
