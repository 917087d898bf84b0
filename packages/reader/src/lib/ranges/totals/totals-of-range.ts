import type { CallOptions } from '@metering/core';
import { sumPage } from '../../pages/page-sums.ts';
import { readAhead } from '../../read-ahead.ts';
import { checkCallOptions } from '../../reader-options.ts';
import { pageToRead } from '../fetched-page.ts';
import type { PageSet, SetStatus } from '../page-set.ts';
import type { RangeContext } from '../range-context.ts';
import { rangeFiles } from '../range-files.ts';
import { Sums } from './sums.ts';
import { TOTALS_QUERY, type Totals, type TotalsQuery } from './totals.ts';
import { groupsOf } from './totals-groups.ts';

/**
 * Adds up a range.
 *
 * @throws ValidationError for a query that breaks the rules; FormatError `INCOMPLETE_SET`.
 */
export async function totalsOfRange(
  context: RangeContext,
  query: TotalsQuery,
  options: CallOptions,
): Promise<Totals> {
  checkCallOptions('totals', options);
  const { signal } = options;
  const sets: Record<SetStatus, number> = { complete: 0, unknown: 0, incomplete: 0 };
  const counts = { records: 0, others: 0, pages: 0 };
  const onSet = ({ status }: PageSet) => {
    sets[status] += 1;
  };
  const files = rangeFiles(context, query, { signal, onSet, names: TOTALS_QUERY });
  const sums = new Sums(groupsOf(query));
  // In which order pages are added up makes no difference.
  const summed = readAhead(files, {
    limit: context.concurrency,
    run: ({ page, file }, stopping) =>
      sumPage(file, pageToRead(context, page, stopping), sums.sinkFor(page)),
    signal,
  });
  for await (const { records, others } of summed) {
    counts.records += records;
    counts.others += others;
    counts.pages += 1;
  }
  return { rows: sums.rows(), ...counts, sets };
}
