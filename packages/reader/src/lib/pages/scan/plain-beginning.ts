import type { MeteringKey } from '@metering/core';

/** ASCII that JSON writes as it is. */
const PLAIN_NAMES = /^[ !#-[\]-~]*$/;

/** What stands before the records of a page. */
export interface PlainBeginning {
  /** `parts`: 0 where more pages follow, undefined where the page does not say it. */
  readonly parts: number | undefined;
  /** Where the first record begins, or the list of them ends. */
  readonly end: number;
}

/**
 * What a page says before its records, when it begins just as our writers or Go's begin the page of its key.
 *
 * @returns undefined for any other beginning: it may be as good.
 */
export function plainBeginning(json: Buffer, meant: MeteringKey): PlainBeginning | undefined {
  if (!PLAIN_NAMES.test(`${meant.category}${meant.selfId}${meant.sharedPoolId}`)) return undefined;
  // Most pages are the last ones of their sets. Go does not say how many pages a set has.
  for (const parts of [meant.part + 1, undefined, 0]) {
    const text = beginningOf(meant, parts);
    const end = text.length;
    if (json.toString('latin1', 0, end) !== text) continue;
    // Beyond 2^53 - 1 it is a bigint for the exact parser, and no number of pages.
    return Number.isSafeInteger(parts ?? 0) ? { parts, end } : undefined;
  }
  return undefined;
}

function beginningOf(meant: MeteringKey, parts: number | undefined): string {
  const { timestamp, category, selfId, sharedPoolId, part } = meant;
  const size = parts === undefined ? '' : `,"parts":${parts}`;
  return `{"timestamp":${timestamp},"category":"${category}","self_id":"${selfId}","shared_pool_id":"${sharedPoolId}","part":${part}${size},"data":[`;
}
