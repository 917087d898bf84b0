import { gzipSync } from 'node:zlib';
import {
  type JsonValue,
  type MetaKey,
  type MeteringKey,
  metaKey,
  meteringKey,
  type StorageProvider,
  stringifyJson,
} from '@metering/core';

export const MINUTE = 1755850380;

export const PAGE: MeteringKey = {
  timestamp: MINUTE,
  category: 'tidb-server',
  sharedPoolId: 'default-shared-pool',
  selfId: 'n1',
  part: 0,
};
export const PAGE_KEY = meteringKey(PAGE);

export const META: MetaKey = { type: 'logic', clusterId: 'c1', modifyTs: 1755850000 };
export const META_KEY = metaKey(META);

/** Stores text as a gzip file. */
export async function putText(storage: StorageProvider, key: string, text: string): Promise<void> {
  await storage.put(key, gzipSync(text));
}

/** Stores any JSON as a gzip file. */
export async function putJson(
  storage: StorageProvider,
  key: string,
  value: JsonValue,
): Promise<void> {
  await putText(storage, key, stringifyJson(value));
}

/** Stores a page of no records at a key. */
export async function putPage(storage: StorageProvider, page: Partial<MeteringKey> = {}) {
  const key = meteringKey({ ...PAGE, ...page });
  await putJson(storage, key, { data: [] });
  return key;
}

/** Stores metadata at a key. */
export async function putMeta(
  storage: StorageProvider,
  meta: Partial<MetaKey>,
  metadata: { readonly [key: string]: JsonValue } = {},
): Promise<string> {
  const key = metaKey({ ...META, ...meta });
  await putJson(storage, key, { metadata });
  return key;
}
