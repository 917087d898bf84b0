import { METERING_PREFIX, type StorageProvider, type WrittenPage } from '@metering/core';
import { createMeteringReader, type MeteringPage } from '@metering/reader';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import type { PageSetWrite, VectorCase } from './vector-cases.ts';

/** Writes one set, paginated as it asks for. */
export async function writePageSet(
  storage: StorageProvider,
  { pageSizeBytes, ...data }: PageSetWrite,
): Promise<readonly WrittenPage[]> {
  const { pages } = await createMeteringWriter({ storage, pageSizeBytes }).write(data);
  return pages;
}

/** Writes everything that a case asks for; what became of each file, in the order of writing. */
export async function writeCase(
  storage: StorageProvider,
  vector: VectorCase,
): Promise<{ key: string; outcome: string }[]> {
  const files: { key: string; outcome: string }[] = [];
  for (const set of vector.pageSets) files.push(...(await writePageSet(storage, set)));
  const metaWriter = createMetaWriter({ storage });
  for (const data of vector.metadata) files.push(await metaWriter.write(data));
  return files;
}

/** Every key, in order. */
export async function allKeys(storage: StorageProvider, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list({ prefix })) keys.push(key);
  return keys;
}

/** Every page, in the order of the keys. */
export async function allPages(storage: StorageProvider): Promise<MeteringPage[]> {
  const reader = createMeteringReader({ storage });
  const keys = await allKeys(storage, METERING_PREFIX);
  return Promise.all(keys.map((key) => reader.read(key)));
}
