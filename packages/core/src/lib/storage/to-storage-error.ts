import { isStorageError, type StorageError } from '../errors/storage-error.ts';
import type { ErrorClass, ErrorContext, StorageBackend } from './storage-backend.ts';
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
  const known = classify(backend, error, context);
  return storageFailure({
    code: known.code,
    provider: backend.name,
    ...context,
    problem: known.message ?? (error instanceof Error ? error.message : String(error)),
    retryable: known.retryable,
    cause: 'cause' in known ? known.cause : error,
  });
}

function classify(backend: Classifier, error: unknown, context: ErrorContext): ErrorClass {
  if (error instanceof StorageFault) return error.errorClass;
  return backend.classifyError(error, context) ?? { code: 'UNKNOWN' };
}
