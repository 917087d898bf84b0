import type { ListedSet } from '../pages/listed-sets.ts';
import type { FetchedPage } from './fetched-page.ts';
import { fetchedPages } from './fetched-pages.ts';
import { judgeSet, type PageClaim, type PageSet } from './page-set.ts';
import type { RangeContext } from './range-context.ts';

/** What of a set is kept, in bytes, where its files are needed afterwards: the rest is fetched twice. */
export const KEPT_BYTES = 64 * 1024 * 1024;

export interface JudgeOptions {
  /** How many bytes of a set's files are kept while it is judged; the others are dropped. */
  readonly keepBytes: number;
  readonly signal: AbortSignal | undefined;
}

/** A set of which all pages were looked at. */
export interface JudgedSet {
  readonly listed: ListedSet;
  readonly set: PageSet;
  /** Its pages by number, those that were kept with their files. */
  readonly pages: readonly JudgedPage[];
}

export interface JudgedPage extends PageClaim {
  readonly file: Uint8Array | undefined;
}

/**
 * Looks into every page of each set, for what it says of its number of pages, and gives the sets in order. A
 * page that is gone since it was listed is missing; a set of none but such is not there.
 */
export async function* judgedSets(
  sets: AsyncIterable<ListedSet> | Iterable<ListedSet>,
  context: RangeContext,
  { keepBytes, signal }: JudgeOptions,
): AsyncGenerator<JudgedSet> {
  let pages: JudgedPage[] = [];
  let freeBytes = keepBytes;
  for await (const { set, isLast, fetched } of fetchedPages(sets, context, signal)) {
    if (fetched !== undefined) {
      const page = keptWithin(fetched, freeBytes);
      freeBytes -= page.file?.byteLength ?? 0;
      pages.push(page);
    }
    if (!isLast) continue;
    if (pages.length > 0) {
      yield { listed: set, set: judgeSet(set.key, set.identity, pages), pages };
    }
    pages = [];
    freeBytes = keepBytes;
  }
}

function keptWithin(fetched: FetchedPage, freeBytes: number): JudgedPage {
  return fetched.file.byteLength <= freeBytes ? fetched : { ...fetched, file: undefined };
}
