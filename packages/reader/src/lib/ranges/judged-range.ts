import type { CallOptions } from '@metering/core';
import { checkCallOptions } from '../reader-options.ts';
import { judgedSets } from './judged-sets.ts';
import type { PageSet } from './page-set.ts';
import type { RangeContext } from './range-context.ts';
import { setsOfRange } from './range-files.ts';
import { checkRangeQuery, type RangeQuery } from './range-query.ts';

/** The sets of a range and whether they are whole, in order; also those that are not. */
export async function* judgedRange(
  context: RangeContext,
  query: RangeQuery,
  options: CallOptions,
): AsyncGenerator<PageSet> {
  checkCallOptions('sets', options);
  const { signal } = options;
  checkRangeQuery(query);
  const listed = setsOfRange(context, query, { signal });
  for await (const { set } of judgedSets(listed, context, { keepBytes: 0, signal })) yield set;
}
