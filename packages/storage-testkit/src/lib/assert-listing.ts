import assert from 'node:assert/strict';
import type { ListQuery, StorageProvider } from '@metering/core';
import { expectedKeys, listKeys } from './listing.ts';

/** Fails unless a listing gives exactly those of the stored keys that it must, in order. */
export async function assertListing(
  storage: StorageProvider,
  stored: readonly string[],
  query?: ListQuery,
): Promise<void> {
  const listed = await listKeys(storage, query);
  assert.deepEqual(listed, expectedKeys(storage, stored, query), `list(${JSON.stringify(query)})`);
}
