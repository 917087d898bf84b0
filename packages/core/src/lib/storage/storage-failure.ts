import { describeValue } from '../describe-value.ts';
import { StorageError, type StorageErrorInit } from '../errors/storage-error.ts';
import { MAX_KEY_BYTES } from './object-key.ts';

interface StorageFailure extends Omit<StorageErrorInit, 'message'> {
  /** What is wrong, as the end of a sentence. */
  readonly problem: string;
}

/** The error whose message names the provider, the operation and the key, then the problem. */
export function storageFailure({ problem, ...init }: StorageFailure): StorageError {
  const { provider, operation } = init;
  const key: unknown = init.key;
  const subject = key === undefined ? '' : ` ${shownKey(key)}`;
  const message = `${provider} ${operation}${subject}: ${problem}`;
  return new StorageError({ ...init, key: typeof key === 'string' ? key : undefined, message });
}

/** A key in full, for it may be searched for. What is no key is cut. */
function shownKey(key: unknown): string {
  if (typeof key !== 'string' || key.length > MAX_KEY_BYTES) return describeValue(key);
  return JSON.stringify(key);
}
