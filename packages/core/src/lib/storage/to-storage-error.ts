import { describeValue, messageOf } from '../describe-value.ts';
import { isStorageError, StorageError } from '../errors/storage-error.ts';
import { MAX_KEY_BYTES } from './object-key.ts';
import type { ErrorClass, ErrorContext, StorageBackend } from './storage-backend.ts';
import { StorageFault } from './storage-fault.ts';

/** What names a backend's errors, or those of a storage that throws faults alone. */
type Classifier = Pick<StorageBackend, 'name'> & Partial<Pick<StorageBackend, 'classifyError'>>;

/**
 * The error that callers get of one that a backend threw: classified by the backend, wrapped once. Its
 * message names the provider, the operation and the key, then the problem.
 */
export function toStorageError(
  backend: Classifier,
  error: unknown,
  context: ErrorContext,
): StorageError {
  if (isStorageError(error)) return error;
  const known: ErrorClass =
    error instanceof StorageFault
      ? error.errorClass
      : (backend.classifyError?.(error, context) ?? { code: 'UNKNOWN' });
  // And nothing else: what more there is may be of a client's error, with a secret in it.
  const { code, message, retryable, cause } = { cause: error, ...known };
  const { operation } = context;
  const key: unknown = context.key;
  const subject = key === undefined ? '' : ` ${shownKey(key)}`;
  return new StorageError({
    code,
    retryable,
    cause,
    provider: backend.name,
    operation,
    key: typeof key === 'string' ? key : undefined,
    message: `${backend.name} ${operation}${subject}: ${message ?? messageOf(error)}`,
  });
}

/** A key in full, for it may be searched for. What is no key is cut. */
function shownKey(key: unknown): string {
  if (typeof key !== 'string' || key.length > MAX_KEY_BYTES) return describeValue(key);
  return JSON.stringify(key);
}
