import { isStorageError } from '../errors/storage-error.ts';
import type { CallOptions } from './storage-provider.ts';

/** Throws what a call failed with, unless that is the store's answer that there is no such object. */
export function throwUnlessMissing(error: unknown, options: CallOptions | undefined): void {
  // The reason of an abort may be a NOT_FOUND of another call.
  options?.signal?.throwIfAborted();
  if (!isStorageError(error, 'NOT_FOUND')) throw error;
}
