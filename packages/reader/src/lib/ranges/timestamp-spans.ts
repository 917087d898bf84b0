export const SECONDS_PER_MINUTE = 60;
/** The first minute that a page can have. */
const FIRST_MINUTE = 60;
/** Comes after every digit, and so after every timestamp. */
const AFTER_DIGITS = ':';

/** Minutes whose timestamps have the same number of digits. */
export interface TimestampSpan {
  /** The first and the last minute: Unix seconds. */
  readonly first: number;
  readonly last: number;
  /** How many digits they have. */
  readonly width: number;
  /** Where their keys are, behind the pages' prefix. */
  readonly bounds: TextBounds;
}

/** What begins after one text and before another, in the order of a listing. Both are ASCII. */
export interface TextBounds {
  readonly after: string;
  readonly before: string;
}

/**
 * The minutes from `from` until before `to`, parted by their number of digits, in the order of time. Keys
 * sort by time within each: `999999960` is before `1000000020`, but not as text.
 *
 * @param from Unix seconds, inclusive.
 * @param to Unix seconds, exclusive.
 */
export function timestampSpans(from: number, to: number): TimestampSpan[] {
  const spans: TimestampSpan[] = [];
  let first = minuteAtOrAfter(Math.max(from, FIRST_MINUTE));
  while (first < to) {
    const end = Math.min(to, 10 ** String(first).length);
    spans.push(spanOf(first, minuteAtOrAfter(end) - SECONDS_PER_MINUTE));
    first = minuteAtOrAfter(end);
  }
  return spans;
}

/** The first whole minute that does not begin before a time. */
export function minuteAtOrAfter(seconds: number): number {
  return Math.ceil(seconds / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE;
}

/** Spans of minutes that meet have bounds that meet, so that what is no page is found by exactly one. */
function spanOf(first: number, last: number): TimestampSpan {
  const width = String(first).length;
  const next = String(last + SECONDS_PER_MINUTE);
  const before = next.length > width ? AFTER_DIGITS : `${next}/`;
  return { first, last, width, bounds: { after: `${first}/`, before } };
}

/** The bounds around the spans, if any of their own overlap: then one listing sees other spans' keys. */
export function sharedBounds(spans: readonly TimestampSpan[]): TextBounds | undefined {
  const bounds = spans.map((span) => span.bounds);
  const inOrder = bounds.toSorted((a, b) => (a.after < b.after ? -1 : 1));
  const overlap = inOrder.some(({ before }, index) => {
    const next = inOrder[index + 1];
    return next !== undefined && next.after < before;
  });
  if (!overlap) return undefined;
  const before = bounds
    .map((bound) => bound.before)
    .toSorted()
    .at(-1)!;
  return { after: inOrder[0]!.after, before };
}

/** What all texts within the bounds begin with. */
export function commonStart({ after, before }: TextBounds): string {
  let length = 0;
  while (length < after.length && after[length] === before[length]) length += 1;
  return after.slice(0, length);
}
