import { readdir } from 'node:fs/promises';
import type { ListQuery, StorageProvider } from '@metering/core';

/** The keys of a listing. */
export async function listKeys(storage: StorageProvider, query?: ListQuery): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list(query)) keys.push(key);
  return keys;
}

/** Every file and folder below a folder as the disk has it, in order. */
export async function filesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}
