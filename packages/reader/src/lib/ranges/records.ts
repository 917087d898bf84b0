import type { CallOptions, MeteringKey, MeteringRecord } from '@metering/core';
import { startInflating } from '../pages/inflating-file.ts';
import type { PageToRead } from '../pages/page-to-read.ts';
import { recordBatches } from '../pages/record-batches.ts';
import type { Items } from '../read-ahead.ts';
import { checkCallOptions } from '../reader-options.ts';
import { type FetchedPage, pageToRead } from './fetched-page.ts';
import { OneByOne } from './one-by-one.ts';
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

/** The records of a range, in order. No large page is in memory whole. */
export function recordsOfRange(
  context: RangeContext,
  query: RangeQuery,
  options: CallOptions,
): AsyncIterableIterator<RangeRecord> {
  return new OneByOne(batchesOfRange(context, query, options), options?.signal);
}

/** No batch is empty. */
async function* batchesOfRange(
  context: RangeContext,
  query: RangeQuery,
  options: CallOptions,
): AsyncGenerator<RangeRecord[]> {
  checkCallOptions('records', options);
  const { signal } = options;
  const files = rangeFiles(context, query, { signal });
  for await (const { wanted, parts, file } of unpackedAhead(files, context, signal)) {
    for await (const batch of recordBatches(file, wanted)) {
      yield batch.map((record) => toRangeRecord(wanted, parts, record));
      signal?.throwIfAborted();
    }
  }
}

/** Written out field by field: objects of one shape are made several times as fast. */
function toRangeRecord(
  { key, meant }: PageToRead,
  parts: number | undefined,
  record: MeteringRecord,
): RangeRecord {
  const { timestamp, category, sharedPoolId, selfId, part } = meant;
  if (parts === undefined || parts === 0) {
    return { key, timestamp, category, sharedPoolId, selfId, part, record };
  }
  return { key, timestamp, category, sharedPoolId, selfId, part, parts, record };
}

/** Begins to unpack a file while the one before it is read. */
function unpackedAhead(
  files: Items<FetchedPage>,
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
