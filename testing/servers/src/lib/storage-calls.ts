import { isStorageError, type StorageError, type StorageProvider } from '@metering/core';

/** Every call of a store, by the name that errors give it. */
export const operations = ['put', 'get', 'head', 'delete', 'list'] as const;

/** No error may show it. */
const body = new TextEncoder().encode('planted-body');

/** Makes one call, to `a/b` where it is about a key. */
export async function callStorage(
  storage: StorageProvider,
  operation: (typeof operations)[number],
): Promise<unknown> {
  if (operation === 'put') return storage.put('a/b', body);
  if (operation !== 'list') return storage[operation]('a/b');
  for await (const info of storage.list()) return info;
  return undefined;
}

/** The error of a store that a call fails with; what succeeds, or fails otherwise, is thrown. */
export async function storageFailure(call: Promise<unknown>): Promise<StorageError> {
  try {
    await call;
  } catch (error) {
    if (isStorageError(error)) return error;
    throw error;
  }
  throw new Error('succeeded');
}
