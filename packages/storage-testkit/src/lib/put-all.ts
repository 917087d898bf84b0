import type { StorageProvider } from '@metering/core';
import { bodyOfText } from './bodies.ts';
import { settleAll } from './settle-all.ts';

const WORKERS = 16;

/** Stores an object under each key, several at a time. Its body is the key's own text, if none is given. */
export async function putAll(
  storage: StorageProvider,
  keys: readonly string[],
  body?: Uint8Array,
): Promise<void> {
  const queue = keys.values();
  const work = async () => {
    for (const key of queue) await storage.put(key, body ?? bodyOfText(key));
  };
  await settleAll(Array.from({ length: WORKERS }, work));
}
