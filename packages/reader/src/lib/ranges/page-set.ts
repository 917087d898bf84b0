import type { SetIdentity } from '../pages/listed-sets.ts';
import type { PageInfo } from '../pages/page-listing.ts';

/** How many missing pages a set lists at the most. */
const KEPT_MISSING = 100;
/** How many pages a reason names at the most. */
const NAMED_PAGES = 5;

/**
 * Whether a set is whole:
 * - `complete`: its last page, and no other, says how many pages there are, and these are all there
 * - `incomplete`: a write or an overwrite was interrupted, or goes on right now
 * - `unknown`: its pages do not say how many there are, as Go writes them, and none between them is missing
 */
export type SetStatus = 'complete' | 'incomplete' | 'unknown';

/** What one instance wrote of one minute: its pages, without their records. */
export interface PageSet extends SetIdentity {
  /** What the keys of its pages begin with: all up to the page number. */
  readonly key: string;
  readonly status: SetStatus;
  /** The pages that are there, by number. */
  readonly pages: readonly PageInfo[];
  /** How many pages the set has, where exactly one page says so. */
  readonly parts?: number | undefined;
  /**
   * The numbers of pages that are known to be missing, the first 100. Where pages say that more follow
   * and none that it is the last, the first that must follow is among them.
   */
  readonly missing: readonly number[];
  /** Of an incomplete set, why it is that, as the end of a sentence. */
  readonly reason?: string | undefined;
}

/** A page and what it says of `parts`: 0 where more pages follow, undefined where it says nothing. */
export interface PageClaim {
  readonly page: PageInfo;
  readonly parts: number | undefined;
}

/** @param claims The pages that are there, by number; one at least. */
export function judgeSet(
  key: string,
  identity: SetIdentity,
  claims: readonly PageClaim[],
): PageSet {
  const pages = claims.map(({ page }) => page);
  const present = new Set(pages.map(({ part }) => part));
  const found = pages.at(-1)!.part + 1;
  const lasts = claims.filter(({ parts }) => parts !== undefined && parts > 0);
  const saysNothing = claims.every(({ parts }) => parts === undefined);
  const lacksLast = !saysNothing && lasts.length === 0;
  const expected = lacksLast ? found + 1 : found;
  const reason = whyMissing(present, expected, lacksLast) ?? whyContradictory(lasts, found);
  const whole = saysNothing ? 'unknown' : 'complete';
  return {
    key,
    ...identity,
    status: reason === undefined ? whole : 'incomplete',
    pages,
    ...(lasts.length === 1 ? { parts: lasts[0]?.parts } : {}),
    missing: absentNumbers(present, expected, KEPT_MISSING),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Why the numbers before `expected` are not all there. */
function whyMissing(
  present: ReadonlySet<number>,
  expected: number,
  lacksLast: boolean,
): string | undefined {
  const count = expected - present.size;
  if (count === 0) return undefined;
  const named = absentNumbers(present, expected, NAMED_PAGES);
  const missing =
    count === 1 ? `page ${named[0]} is missing` : `pages ${list(named, count)} are missing`;
  return lacksLast ? `no page says that it is the last: at least ${missing}` : missing;
}

/** Why pages that are all there are no set. */
function whyContradictory(lasts: readonly PageClaim[], found: number): string | undefined {
  const numbers = lasts.map(({ page }) => page.part);
  if (numbers.length > 1) {
    const named = list(numbers.slice(0, NAMED_PAGES), numbers.length);
    return `pages ${named} each say that they are the last`;
  }
  const [last] = numbers;
  if (last === undefined || last === found - 1) return undefined;
  return `page ${last} says that it is the last, but there are pages up to ${found - 1}`;
}

/** The first of some numbers, and how many more there are. */
function list(named: readonly number[], count: number): string {
  const more = count > named.length ? ` and ${count - named.length} more` : '';
  return named.join(', ') + more;
}

/** The first of the numbers from 0 until before `end` that are not there. */
function absentNumbers(present: ReadonlySet<number>, end: number, limit: number): number[] {
  const absent: number[] = [];
  for (let number = 0; number < end && absent.length < limit; number++) {
    if (!present.has(number)) absent.push(number);
  }
  return absent;
}
