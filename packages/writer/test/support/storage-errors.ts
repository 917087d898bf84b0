import { StorageError, type StorageErrorCode } from '@metering/core';

/** An error as a store throws it. */
export function storageError(code: StorageErrorCode, key?: string): StorageError {
  return new StorageError({
    code,
    message: `memory put "${key}": made to fail`,
    provider: 'memory',
    operation: 'put',
    key,
  });
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const [result] = await Promise.allSettled([promise]);
  if (result?.status === 'rejected') return result.reason;
  throw new Error(`it did not fail, but gave ${JSON.stringify(result?.value)}`);
}
