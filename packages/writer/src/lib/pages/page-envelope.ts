import type { JsonValue, MeteringKey } from '@metering/core';

/** What all pages of a set have in common. */
export type PageSet = Omit<MeteringKey, 'part'>;

/** What stands behind a page's records. */
export const PAGE_END: Uint8Array = Buffer.from(']}');

/** What stands before a page's records; the set is known to be good. `parts`: how many pages the set has; 0 while more follow. */
export function pageBeginning(set: PageSet, part: number, parts: number): Uint8Array {
  const { timestamp } = set;
  const category = JSON.stringify(set.category);
  const selfId = JSON.stringify(set.selfId);
  const pool = JSON.stringify(set.sharedPoolId);
  return Buffer.from(
    `{"timestamp":${timestamp},"category":${category},"self_id":${selfId},"shared_pool_id":${pool},"part":${part},"parts":${parts},"data":[`,
  );
}

/** A page that was read, without the number of pages, which other writers leave out. */
export function withoutParts(page: JsonValue): JsonValue {
  if (!isObject(page)) return page;
  const { parts: _parts, ...rest } = page;
  return rest;
}

/** True for a page that says how many pages its set has, or that more follow. */
export function hasParts(page: JsonValue): boolean {
  return isObject(page) && page.parts !== undefined;
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
