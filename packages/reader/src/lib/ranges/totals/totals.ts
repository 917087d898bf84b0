import type { OptionNames } from '@metering/core/building-blocks';
import { RANGE_QUERY, type RangeQuery } from '../range-query.ts';

/** What sums are made for. Times are UTC. */
export type TotalsGroup =
  | 'cluster'
  | 'category'
  | 'sharedPoolId'
  | 'selfId'
  | 'minute'
  | 'hour'
  | 'day';

export interface TotalsQuery extends RangeQuery {
  /** What sums are made for, in the order in which rows are sorted. Default: nothing, so that the sums are those of all. */
  readonly by?: TotalsGroup | readonly TotalsGroup[] | undefined;
}

/** Its names. */
export const TOTALS_QUERY: OptionNames<TotalsQuery> = { ...RANGE_QUERY, by: true };

/** How much was used of one metric in one unit. Of the groups, those are there that were asked for. */
export interface TotalsRow {
  /** `logical_cluster_id` of the records. Absent for records that have none that is text. */
  readonly cluster?: string | undefined;
  readonly category?: string | undefined;
  readonly sharedPoolId?: string | undefined;
  readonly selfId?: string | undefined;
  /** Unix seconds of the beginning of the minute. */
  readonly minute?: number | undefined;
  /** Unix seconds of the beginning of the hour, in UTC. */
  readonly hour?: number | undefined;
  /** Unix seconds of the beginning of the day, in UTC. */
  readonly day?: number | undefined;
  readonly metric: string;
  readonly unit: string;
  /** The exact sum. */
  readonly value: bigint;
}

/** What a range adds up to. */
export interface Totals {
  /**
   * One for each combination of groups, metric and unit that there is. Sorted by groups, then metric, then
   * unit: times ascending, text by its UTF-8 bytes, no cluster first.
   */
  readonly rows: readonly TotalsRow[];
  /** How many records were added up. */
  readonly records: number;
  /**
   * How many members of these records are in no row, because they are neither a `logical_cluster_id` that is text
   * nor `{ value, unit }` with an integer from 0 to 2^64 - 1 and a text.
   */
  readonly others: number;
  /** How many pages were added up. */
  readonly pages: number;
  /** How many sets there are of each kind. The incomplete ones were left out (`skip`) or added (`include`). */
  readonly sets: TotalsSets;
}

/** How many sets of each kind. */
export interface TotalsSets {
  readonly complete: number;
  readonly unknown: number;
  readonly incomplete: number;
}
