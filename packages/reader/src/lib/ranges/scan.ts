import type { CallOptions } from '@metering/core';
import type { MeteringPage } from '../pages/decode-page.ts';
import { readPage } from '../pages/read-page.ts';
import type { Items } from '../read-ahead.ts';
import { checkCallOptions } from '../reader-options.ts';
import { type FetchedPage, pageToRead } from './fetched-page.ts';
import type { RangeContext } from './range-context.ts';
import { rangeFiles } from './range-files.ts';
import type { RangeQuery } from './range-query.ts';
import { readAheadInOrder } from './read-ahead-in-order.ts';

/** How many pages are held with their records: the one that is given, and the next. */
const DECODED_PAGES = 2;

/** The pages of a range with their records, in order. */
export async function* scanRange(
  context: RangeContext,
  query: RangeQuery,
  options: CallOptions,
): AsyncGenerator<MeteringPage> {
  checkCallOptions('scan', options);
  yield* scanFiles(rangeFiles(context, query, options), context, options);
}

/** Pages with their records, in the order of their files. */
export function scanFiles(
  files: Items<FetchedPage>,
  context: RangeContext,
  { signal }: CallOptions,
): AsyncGenerator<MeteringPage> {
  return readAheadInOrder(files, {
    limit: DECODED_PAGES,
    run: async ({ page, file }, stopping) => readPage(file, pageToRead(context, page, stopping)),
    signal,
  });
}
