import type { CallOptions } from '@metering/core';
import type { SetIdentity } from '../pages/listed-sets.ts';
import { checkCallOptions } from '../reader-options.ts';
import { judgedRange } from './judged-range.ts';
import type { PageSet } from './page-set.ts';
import type { RangeContext } from './range-context.ts';
import { setsOfRange } from './range-files.ts';
import { checkRangeQuery, type RangeQuery } from './range-query.ts';
import { compareWriters, type SetWriter, writerId } from './set-writer.ts';
import { minuteAtOrAfter, SECONDS_PER_MINUTE } from './timestamp-spans.ts';

/** What of a range is not known, of a writer that is seen in it. */
export interface Gap extends SetWriter {
  /**
   * - `silent`: nothing is stored of these minutes. (An empty page says "I was up and used nothing".)
   * - `incomplete`: of this minute pages are missing
   */
  readonly kind: 'silent' | 'incomplete';
  /** The first minute: Unix seconds. */
  readonly from: number;
  /** The first minute that is not of it any more: Unix seconds. */
  readonly to: number;
  /** The incomplete set. */
  readonly set?: PageSet | undefined;
}

/** A set that is there, as far as it was looked at. */
interface SeenSet {
  readonly identity: SetIdentity;
  readonly set?: PageSet | undefined;
}

/**
 * Who was silent when, minutes that follow each other as one gap. A gap is given when it ends; those that
 * last until the end of the range come at the end, by writer. Memory grows with the number of writers.
 */
export async function* gapsOfRange(
  context: RangeContext,
  query: RangeQuery,
  options: CallOptions,
): AsyncGenerator<Gap> {
  checkCallOptions('gaps', options);
  checkRangeQuery(query);
  const first = minuteAtOrAfter(query.from);
  const end = minuteAtOrAfter(query.to);
  const writers = new Map<string, { readonly writer: SetWriter; seenUntil: number }>();
  for await (const { identity, set } of seenSets(context, query, options)) {
    const { timestamp, category, sharedPoolId, selfId } = identity;
    const writer = { category, sharedPoolId, selfId };
    const id = writerId(writer);
    const seenUntil = writers.get(id)?.seenUntil ?? first;
    const next = timestamp + SECONDS_PER_MINUTE;
    writers.set(id, { writer, seenUntil: next });
    if (seenUntil < timestamp) yield { kind: 'silent', ...writer, from: seenUntil, to: timestamp };
    if (set?.status === 'incomplete') {
      options.signal?.throwIfAborted();
      yield { kind: 'incomplete', ...writer, from: timestamp, to: next, set };
    }
  }
  for (const { writer, seenUntil } of [...writers.values()].sort((a, b) =>
    compareWriters(a.writer, b.writer),
  )) {
    options.signal?.throwIfAborted();
    if (seenUntil < end) yield { kind: 'silent', ...writer, from: seenUntil, to: end };
  }
}

/** With `include`, what is incomplete counts as there: nothing but listings is needed then. */
async function* seenSets(
  context: RangeContext,
  query: RangeQuery,
  options: CallOptions,
): AsyncGenerator<SeenSet> {
  if (query.incomplete === 'include') {
    yield* setsOfRange(context, query, options);
    return;
  }
  for await (const set of judgedRange(context, query, options)) yield { identity: set, set };
}
