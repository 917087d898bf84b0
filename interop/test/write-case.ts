import type { StorageProvider, WriteOutcome, WrittenPage } from '@metering/core';
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

/** Writes everything that a case asks for. Gives what became of each file. */
export async function writeCase(
  storage: StorageProvider,
  vector: VectorCase,
): Promise<{ key: string; outcome: WriteOutcome }[]> {
  const files: { key: string; outcome: WriteOutcome }[] = [];
  for (const set of vector.pageSets) files.push(...(await writePageSet(storage, set)));
  const metaWriter = createMetaWriter({ storage });
  for (const data of vector.metadata) files.push(await metaWriter.write(data));
  return files;
}
