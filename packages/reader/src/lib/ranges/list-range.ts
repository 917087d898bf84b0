import {
  type CallOptions,
  type ObjectInfo,
  parseMeteringKey,
  type StorageProvider,
} from '@metering/core';
import { METERING_PREFIX } from '@metering/core/building-blocks';
import { matchesFilter, type PageFilter } from '../page-filter.ts';
import type { ListedPage, SkippedKey } from '../pages/page-listing.ts';
import { whyNoPage } from '../pages/why-no-page.ts';
import { commonStart, sharedBounds, type TextBounds, timestampSpans } from './timestamp-spans.ts';

/** What is listed: the pages of the minutes from `from` until before `to`, in Unix seconds. */
export interface ListedRange extends PageFilter {
  readonly from: number;
  readonly to: number;
}

/**
 * The pages of a range, lazily: in the order of time, and within a minute in that of their keys.
 *
 * Timestamps of one number of digits take one listing, which begins at the first minute and ends behind
 * the last. (All times from September 2001 to 2286 have ten.) Where a range has timestamps of several
 * widths whose keys lie among each other, the first listing goes through all of them and finds out which
 * others are needed.
 *
 * @param onSkipped Is told of every key in the range that is no page's, once, whatever the filters.
 */
export async function* listRange(
  storage: StorageProvider,
  range: ListedRange,
  onSkipped: (skipped: SkippedKey) => void,
  options: CallOptions,
): AsyncGenerator<ListedPage> {
  const spans = timestampSpans(range.from, range.to);
  const shared = sharedBounds(spans);
  const seenWidths = new Set<number>();
  for (const span of spans) {
    const isSurvey = shared !== undefined && span === spans[0];
    const isKnownEmpty = shared !== undefined && !isSurvey && !seenWidths.has(span.width);
    if (isKnownEmpty) continue;
    const bounds = isSurvey ? shared : span.bounds;
    const isFirstLook = isSurvey || shared === undefined;
    for await (const object of listBounds(storage, bounds, options)) {
      const meant = parseMeteringKey(object.key);
      if (meant === undefined) {
        if (isFirstLook) onSkipped({ key: object.key, reason: whyNoPage(object.key) });
        continue;
      }
      const { timestamp } = meant;
      if (isSurvey) seenWidths.add(String(timestamp).length);
      if (timestamp < span.first || timestamp > span.last || !matchesFilter(meant, range)) continue;
      yield { page: { key: object.key, ...meant, size: object.size }, object };
    }
  }
}

/** The objects whose keys, behind the pages' prefix, lie within the bounds. */
async function* listBounds(
  storage: StorageProvider,
  bounds: TextBounds,
  options: CallOptions,
): AsyncGenerator<ObjectInfo> {
  const prefix = METERING_PREFIX + commonStart(bounds);
  const startAfter = METERING_PREFIX + bounds.after;
  const before = METERING_PREFIX + bounds.before;
  for await (const object of storage.list({ prefix, startAfter }, options)) {
    // Bounds are ASCII: the order by UTF-16 is that by UTF-8 here.
    if (object.key >= before) return;
    yield object;
  }
}
