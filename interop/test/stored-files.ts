import type { StorageProvider } from '@metering/core';
import { META_PREFIX, METERING_PREFIX } from '@metering/core/building-blocks';
import {
  createMetaReader,
  createMeteringReader,
  type MetaRecord,
  type MeteringPage,
} from '@metering/reader';

/** Every key that begins with the prefix, in order. */
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

/** Every metadata file, in the order of the keys. */
export async function allMetadata(storage: StorageProvider): Promise<MetaRecord[]> {
  const reader = createMetaReader({ storage });
  const keys = await allKeys(storage, META_PREFIX);
  return Promise.all(keys.map((key) => reader.readFile(key)));
}
