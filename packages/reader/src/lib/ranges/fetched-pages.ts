import type { ListedSet } from '../pages/listed-sets.ts';
import { type FetchedPage, fetchPage } from './fetched-page.ts';
import type { RangeContext } from './range-context.ts';
import { readAheadInOrder } from './read-ahead-in-order.ts';

/** One page of a set, fetched. */
export interface PageOfSet {
  readonly set: ListedSet;
  readonly isLast: boolean;
  /** Undefined where the page is gone since it was listed. */
  readonly fetched: FetchedPage | undefined;
}

/** The pages of sets, in order, fetched some at a time. */
export function fetchedPages(
  sets: AsyncIterable<ListedSet> | Iterable<ListedSet>,
  context: RangeContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<PageOfSet> {
  return readAheadInOrder(pagesOf(sets), {
    limit: context.concurrency,
    run: async ({ set, index }, stopping) => ({
      set,
      isLast: index === set.pages.length - 1,
      fetched: await fetchPage(context, set.pages[index]!.page, stopping),
    }),
    signal,
  });
}

async function* pagesOf(sets: AsyncIterable<ListedSet> | Iterable<ListedSet>) {
  for await (const set of sets) {
    for (let index = 0; index < set.pages.length; index++) yield { set, index };
  }
}
