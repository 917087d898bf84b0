import { gunzipSync } from 'node:zlib';
import { type JsonValue, parseJson, parseMeteringKey, type StorageProvider } from '@metering/core';

export interface StoredPage {
  readonly key: string;
  readonly part: number;
  /** The number of pages that the page claims its set has; 0: none. */
  readonly parts: number;
  readonly data: readonly JsonValue[];
  /** The JSON as it is stored. */
  readonly text: string;
}

/** Every page under a prefix, by part. */
export async function storedPages(
  storage: StorageProvider,
  prefix = 'metering/ru/',
): Promise<StoredPage[]> {
  const pages: StoredPage[] = [];
  for await (const { key } of storage.list({ prefix })) {
    const text = gunzipSync(await storage.get(key)).toString();
    const { parts = 0, data } = parseJson(text) as { parts?: number; data: JsonValue[] };
    pages.push({ key, part: parseMeteringKey(key)!.part, parts, data, text });
  }
  return pages.sort((a, b) => a.part - b.part);
}

/** The records of a set in order. */
export async function storedRecords(storage: StorageProvider): Promise<readonly JsonValue[]> {
  return (await storedPages(storage)).flatMap((page) => page.data);
}

/**
 * Whether what is stored of a set is a whole one: parts 0 to n - 1 and nothing beyond, of which the
 * last alone claims that there are n.
 */
export function looksComplete(pages: readonly StoredPage[]): boolean {
  const claims = pages.filter((page) => page.parts !== 0);
  if (claims.length !== 1 || pages.some((page, index) => page.part !== index)) return false;
  return claims[0] === pages.at(-1) && claims[0]?.parts === pages.length;
}
