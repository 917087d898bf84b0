import type { CallOptions } from '@metering/core';
import type { OptionNames } from '@metering/core/building-blocks';
import { type ListedSet, listedSets } from '../pages/listed-sets.ts';
import type { FetchedPage } from './fetched-page.ts';
import { fetchedPages } from './fetched-pages.ts';
import { incompleteSet, noteLeftOut } from './incomplete-set.ts';
import { judgedSets, KEPT_BYTES } from './judged-sets.ts';
import { type ListedRange, listRange } from './list-range.ts';
import { judgeSet, type PageClaim, type PageSet } from './page-set.ts';
import type { RangeContext } from './range-context.ts';
import { checkRangeQuery, type IncompleteSets, type RangeQuery } from './range-query.ts';
import { setFiles } from './set-files.ts';

export interface RangeFilesOptions extends CallOptions {
  /** Is told of each set, also of one that is left out. */
  readonly onSet?: ((set: PageSet) => void) | undefined;
  /** The names that the query may have. Default: those of a range. */
  readonly names?: OptionNames<RangeQuery> | undefined;
}

/** The sets of a range as they are listed, in order. */
export function setsOfRange(
  context: RangeContext,
  range: ListedRange,
  options: CallOptions,
): AsyncGenerator<ListedSet> {
  return listedSets(listRange(context.storage, range, context.onSkipped, options));
}

/**
 * The files of a range, set by set in order, and by number in a set. A set is judged before its first file is
 * given, unless the query says `include`.
 *
 * Its signal is aborted when no more files are wanted, and with the caller's. The listing is only closed then,
 * which costs less.
 *
 * @throws ValidationError, at once, for a query that breaks the rules; FormatError `INCOMPLETE_SET`, in its turn.
 */
export function rangeFiles(
  context: RangeContext,
  query: RangeQuery,
  { signal, onSet, names }: RangeFilesOptions,
): (stopping: AbortSignal) => AsyncGenerator<FetchedPage> {
  checkRangeQuery(query, names);
  const { incomplete = 'error' } = query;
  return (stopping) => {
    const sets = setsOfRange(context, query, { signal });
    const options = { signal: stopping, onSet };
    if (incomplete === 'include') return filesAsTheyCome(sets, context, options);
    return filesOfWholeSets(sets, context, incomplete, options);
  };
}

async function* filesAsTheyCome(
  sets: AsyncIterable<ListedSet>,
  context: RangeContext,
  { signal, onSet }: RangeFilesOptions,
): AsyncGenerator<FetchedPage> {
  let claims: PageClaim[] = [];
  for await (const { set, isLast, fetched } of fetchedPages(sets, context, signal)) {
    if (fetched !== undefined) {
      claims.push({ page: fetched.page, parts: fetched.parts });
      yield fetched;
    }
    if (!isLast) continue;
    if (claims.length > 0) onSet?.(judgeSet(set.key, set.identity, claims));
    claims = [];
  }
}

async function* filesOfWholeSets(
  sets: AsyncIterable<ListedSet>,
  context: RangeContext,
  incomplete: Exclude<IncompleteSets, 'include'>,
  { signal, onSet }: RangeFilesOptions,
): AsyncGenerator<FetchedPage> {
  for await (const judged of judgedSets(sets, context, { keepBytes: KEPT_BYTES, signal })) {
    onSet?.(judged.set);
    if (judged.set.status !== 'incomplete') yield* setFiles(judged, context, signal);
    else if (incomplete === 'error') throw incompleteSet(judged.set);
    else noteLeftOut(judged.set, context.logger);
  }
}
