import {
  describeValue,
  IssueList,
  minuteProblem,
  type OptionNames,
  type Problem,
} from '@metering/core/building-blocks';
import { checkQueryNames } from '../check-query-names.ts';
import { checkPageFilter, PAGE_FILTER, type PageFilter } from '../page-filter.ts';

/** What to do with a set of pages that is not whole: refuse it, leave it out, or take what is there. */
export type IncompleteSets = 'error' | 'skip' | 'include';

const INCOMPLETE_SETS: readonly unknown[] = ['error', 'skip', 'include'];

/**
 * A range of time: the minutes that begin in it. Ranges that meet share no minute and lose none, also
 * where they meet within a minute.
 */
export interface RangeQuery extends PageFilter {
  /** The first moment that counts: whole Unix seconds. */
  readonly from: number;
  /** The first moment that does not count any more: whole Unix seconds. */
  readonly to: number;
  /**
   * What to do with a set of which it is known that pages are missing: `error` throws before any record of
   * it is given, `skip` leaves the set out with a warning, `include` gives what is there. A set that does not say
   * how many pages it has, as Go writes them, passes. Default `error`.
   */
  readonly incomplete?: IncompleteSets | undefined;
}

/** Its names. */
export const RANGE_QUERY: OptionNames<RangeQuery> = {
  from: true,
  to: true,
  ...PAGE_FILTER,
  incomplete: true,
};

/**
 * @param names Those that the query may have.
 * @throws ValidationError with every finding.
 */
export function checkRangeQuery(query: RangeQuery, names = RANGE_QUERY): void {
  const { from, to }: Partial<RangeQuery> = query ?? {};
  const issues = new IssueList();
  issues.addProblem('from', timeProblem(from));
  issues.addProblem('to', timeProblem(to) ?? orderProblem(from, to as number));
  checkFilter(query ?? {}, issues);
  checkQueryNames(query, names, issues);
  issues.throwIfAny('Invalid range of pages');
}

/** Adds every finding about what chooses pages, other than their time. */
export function checkFilter(
  filter: PageFilter & Pick<RangeQuery, 'incomplete'>,
  issues: IssueList,
): void {
  checkPageFilter(filter, issues);
  const { incomplete } = filter;
  if (incomplete === undefined || INCOMPLETE_SETS.includes(incomplete)) return;
  const message = `must be "error", "skip" or "include", got ${describeValue(incomplete)}`;
  issues.add('incomplete', 'NOT_ONE_OF', message);
}

/** Why a value is no time to begin or end at, or undefined if it is: any whole second of a minute that can be. */
export function timeProblem(value: unknown): Problem | undefined {
  const problem = minuteProblem(value);
  const code = problem?.code;
  if (code === undefined || code === 'NOT_A_MINUTE' || value === 0) return undefined;
  if (code === 'REQUIRED') return problem;
  const hint = code === 'LOOKS_LIKE_MILLISECONDS' ? ' (this looks like milliseconds)' : '';
  return { code, message: `must be whole Unix seconds from 0${hint}, got ${describeValue(value)}` };
}

function orderProblem(from: unknown, to: number): Problem | undefined {
  if (typeof from !== 'number' || to >= from) return undefined;
  return { code: 'OUT_OF_RANGE', message: `must not be before from (${from}), got ${to}` };
}
