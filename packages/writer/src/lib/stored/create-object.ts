import {
  type CallOptions,
  isMeteringError,
  isStorageError,
  StorageError,
  type StorageProvider,
} from '@metering/core';
import { type NewObject, storedEquals } from './stored-equal.ts';

/**
 * Stores an object where there is none. One that says the same counts as stored: it is what a write
 * leaves whose answer was lost.
 *
 * @throws StorageError `ALREADY_EXISTS` when another one is there, or one that cannot be read.
 */
export async function createObject(
  storage: StorageProvider,
  object: NewObject,
  options: CallOptions,
): Promise<'created' | 'unchanged'> {
  try {
    await storage.put(object.key, object.body, { signal: options.signal, mode: 'create' });
    return 'created';
  } catch (error) {
    if (!isStorageError(error, 'ALREADY_EXISTS')) throw error;
  }
  if (await equalsStored(storage, object, options)) return 'unchanged';
  const message =
    'other data is stored there, perhaps by this process before a restart; overwrite replaces it, and what it says is lost';
  throw alreadyExists(storage, object.key, message);
}

async function equalsStored(
  storage: StorageProvider,
  object: NewObject,
  options: CallOptions,
): Promise<boolean> {
  try {
    return await storedEquals(storage, object, options);
  } catch (cause) {
    options.signal?.throwIfAborted();
    const message =
      'something is stored there, and reading it failed; without permission to read, a retry of the same data cannot be told from other data';
    throw alreadyExists(storage, object.key, message, cause);
  }
}

function alreadyExists(
  storage: StorageProvider,
  key: string,
  message: string,
  cause?: unknown,
): StorageError {
  return new StorageError({
    code: 'ALREADY_EXISTS',
    message: `${storage.name} put ${JSON.stringify(key)}: ${message}`,
    provider: storage.name,
    operation: 'put',
    key,
    retryable: isWorthAnotherTry(cause),
    cause,
  });
}

/** True when reading may succeed later, or the object has gone since. */
function isWorthAnotherTry(cause: unknown): boolean {
  return isStorageError(cause, 'NOT_FOUND') || (isMeteringError(cause) && cause.retryable);
}
