import type { CallOptions, ListQuery, ObjectInfo, StorageProvider } from '@metering/core';
import { compareUtf8 } from '@metering/core/building-blocks';

/** Lists to the end. */
export async function listAll(
  storage: StorageProvider,
  query?: ListQuery,
  options?: CallOptions,
): Promise<ObjectInfo[]> {
  const objects: ObjectInfo[] = [];
  for await (const object of storage.list(query, options)) objects.push(object);
  return objects;
}

/** Lists to the end, keys only. */
export async function listKeys(
  storage: StorageProvider,
  query?: ListQuery,
  options?: CallOptions,
): Promise<string[]> {
  const objects = await listAll(storage, query, options);
  return objects.map(({ key }) => key);
}

/** What a listing of these keys must give: the contract, as plain as it can be written. */
export function expectedKeys(
  { capabilities }: StorageProvider,
  keys: readonly string[],
  { prefix = '', startAfter = '' }: ListQuery = {},
): string[] {
  const compare = capabilities.listOrder === 'utf16' ? compareUtf16 : compareUtf8;
  return keys
    .filter((key) => key.startsWith(prefix))
    .filter((key) => startAfter === '' || compare(key, startAfter) > 0)
    .sort(compare);
}

function compareUtf16(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
