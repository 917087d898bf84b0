import { isStorageError, type StorageError } from '../errors/storage-error.ts';
import type { ErrorContext, StorageBackend } from './storage-backend.ts';
import { storageFailure } from './storage-failure.ts';
import { StorageFault } from './storage-fault.ts';

/** What names a backend's errors. */
type Classifier = Pick<StorageBackend, 'name' | 'classifyError'>;

/** The error that callers get of one that a backend threw: classified by the backend, wrapped once. */
export function toStorageError(
  backend: Classifier,
  error: unknown,
  context: ErrorContext,
): StorageError {
  if (isStorageError(error)) return error;
  const { message, ...known } =
    error instanceof StorageFault
      ? error.errorClass
      : (backend.classifyError(error, context) ?? { code: 'UNKNOWN' });
  const problem = message ?? (error instanceof Error ? error.message : String(error));
  return storageFailure({ cause: error, ...known, ...context, provider: backend.name, problem });
}
