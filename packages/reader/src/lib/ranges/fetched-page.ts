import { isStorageError } from '@metering/core';
import { fetchFile } from '../fetch-file.ts';
import type { PageInfo } from '../pages/page-listing.ts';
import type { PageToRead } from '../pages/page-to-read.ts';
import { readParts } from '../pages/read-parts.ts';
import type { RangeContext } from './range-context.ts';

/** A page whose file is at hand. */
export interface FetchedPage {
  readonly page: PageInfo;
  /** What it says of `parts`: 0 where more pages follow, undefined where it says nothing. */
  readonly parts: number | undefined;
  readonly file: Uint8Array;
}

/**
 * Fetches a page and reads what stands before its records.
 *
 * @returns Undefined when it is gone since it was listed: its set is being overwritten.
 */
export async function fetchPage(
  context: RangeContext,
  page: PageInfo,
  signal: AbortSignal | undefined,
): Promise<FetchedPage | undefined> {
  const wanted = pageToRead(context, page, signal);
  try {
    const file = await fetchFile(context.storage, wanted);
    return { page, parts: await readParts(file, wanted), file };
  } catch (error) {
    if (isStorageError(error, 'NOT_FOUND')) return undefined;
    throw error;
  }
}

/** How a page's file is to be read. */
export function pageToRead(
  { maxPageBytes }: RangeContext,
  { key, timestamp, category, sharedPoolId, selfId, part }: PageInfo,
  signal: AbortSignal | undefined,
): PageToRead {
  const meant = { timestamp, category, sharedPoolId, selfId, part };
  return { key, meant, maxBytes: maxPageBytes, limitedBy: 'maxPageBytes', signal };
}
