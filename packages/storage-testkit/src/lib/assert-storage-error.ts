import assert from 'node:assert/strict';
import {
  isStorageError,
  type StorageErrorCode,
  type StorageOperation,
  type StorageProvider,
} from '@metering/core';

interface ExpectedStorageError {
  readonly code: StorageErrorCode;
  readonly operation: StorageOperation;
  readonly key: string | undefined;
}

/** Fails unless the call rejects with a `StorageError` that says what, where and on which key. */
export async function assertStorageError(
  storage: StorageProvider,
  expected: ExpectedStorageError,
  call: () => Promise<unknown>,
): Promise<void> {
  const { operation, key, code } = expected;
  const rule = `${operation} of ${JSON.stringify(key)} must reject with a StorageError ${code}`;
  const check = (error: unknown) => {
    assert.ok(isStorageError(error), `${rule}, but it rejected with: ${error}`);
    const actual = { code: error.code, operation: error.operation, key: error.key };
    assert.deepEqual(actual, expected, `${rule}: ${error.message}`);
    assert.equal(error.provider, storage.name, `${rule} that names the provider`);
    assert.equal(error.retryable, false, `${rule} that is not retryable`);
    return true;
  };
  await assert.rejects(call, check, rule);
}

/** Fails unless `get` and `head` both say that there is no such object. */
export async function assertAbsent(storage: StorageProvider, key: string): Promise<void> {
  const code = 'NOT_FOUND';
  await assertStorageError(storage, { code, operation: 'get', key }, () => storage.get(key));
  await assertStorageError(storage, { code, operation: 'head', key }, () => storage.head(key));
}
