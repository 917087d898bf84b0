import { type FetchedPage, fetchPage } from './fetched-page.ts';
import { incompleteSet } from './incomplete-set.ts';
import type { JudgedPage, JudgedSet } from './judged-sets.ts';
import type { RangeContext } from './range-context.ts';
import { readAheadInOrder } from './read-ahead-in-order.ts';

/**
 * The files of a set that was judged, by page number. Those that were not kept are fetched again, some at a
 * time.
 *
 * @throws FormatError `INCOMPLETE_SET` when one of these says something else by now.
 */
export function setFiles(
  { set, pages }: JudgedSet,
  context: RangeContext,
  signal: AbortSignal | undefined,
): Iterable<FetchedPage> | AsyncIterable<FetchedPage> {
  if (pages.every(isKept)) return pages;
  const run = async (judged: JudgedPage, stopping: AbortSignal): Promise<FetchedPage> => {
    if (isKept(judged)) return judged;
    const { page, parts } = judged;
    const fetched = await fetchPage(context, page, stopping);
    if (fetched !== undefined && fetched.parts === parts) return fetched;
    throw incompleteSet({ ...set, reason: `page ${page.part} was replaced while it was read` });
  };
  return readAheadInOrder(pages, { limit: context.concurrency, run, signal });
}

function isKept(page: JudgedPage): page is FetchedPage {
  return page.file !== undefined;
}
