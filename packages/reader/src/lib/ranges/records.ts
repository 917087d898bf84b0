import type { CallOptions, MeteringKey, MeteringRecord } from '@metering/core';
import { startInflating } from '../pages/inflating-file.ts';
import { recordBatches } from '../pages/record-batches.ts';
import { type FetchedPage, pageToRead } from './fetched-page.ts';
import type { RangeContext } from './range-context.ts';
import { rangeFiles } from './range-files.ts';
import type { RangeQuery } from './range-query.ts';
import { readAheadInOrder } from './read-ahead-in-order.ts';

/** How many files are unpacked at once: the one whose records are given, and the next. */
const UNPACKED_FILES = 2;

/** One record, and what is known of its page. */
export interface RangeRecord extends MeteringKey {
  /** The page's. */
  readonly key: string;
  /** How many pages the set has. On those of its last page only, and only if that says so. */
  readonly parts?: number | undefined;
  readonly record: MeteringRecord;
}

/** The records of a range, in order. No page is in memory whole. */
export async function* recordsOfRange(
  context: RangeContext,
  query: RangeQuery,
  { signal }: CallOptions,
): AsyncGenerator<RangeRecord> {
  const files = rangeFiles(context, query, { signal });
  for await (const { wanted, parts, file } of unpackedAhead(files, context, signal)) {
    const { key, meant } = wanted;
    const page = parts === undefined || parts === 0 ? { key, ...meant } : { key, ...meant, parts };
    for await (const batch of recordBatches(file, wanted)) {
      for (const record of batch) {
        signal?.throwIfAborted();
        yield { ...page, record };
      }
    }
  }
}

/** Begins to unpack a file while the one before it is read. */
function unpackedAhead(
  files: AsyncIterable<FetchedPage>,
  context: RangeContext,
  signal: AbortSignal | undefined,
) {
  return readAheadInOrder(files, {
    limit: UNPACKED_FILES,
    run: async ({ page, parts, file }, stopping) => {
      const wanted = pageToRead(context, page, stopping);
      return { wanted, parts, file: startInflating(file, wanted) };
    },
    signal,
  });
}
