import type { MeteringRecord } from '@metering/core';
import { decodeBody } from './decode-page.ts';
import { inflating, type PageFile } from './inflating-file.ts';
import type { PageToRead } from './page-to-read.ts';

const BATCH_RECORDS = 256;

/** What is known when a page was read to its end. */
export interface PageEnd {
  /** `parts` as the file has it: 0 where more pages follow. */
  readonly parts: number | undefined;
  readonly records: number;
}

/**
 * The records of a page, some at a time, while the rest is still unpacked. No batch is empty. What is
 * wrong with the file after its records is thrown after them. Leaving the loop stops the work.
 *
 * @throws FormatError for a file that is damaged, too large, no page, or contradicts its key.
 */
export async function* recordBatches(
  file: PageFile,
  page: PageToRead,
): AsyncGenerator<MeteringRecord[], PageEnd, undefined> {
  const json = await inflating(file, page).json();
  const { parts, data } = decodeBody(json, page.key, page.meant);
  for (let start = 0; start < data.length; start += BATCH_RECORDS) {
    page.signal?.throwIfAborted();
    yield data.slice(start, start + BATCH_RECORDS);
  }
  return { parts, records: data.length };
}
