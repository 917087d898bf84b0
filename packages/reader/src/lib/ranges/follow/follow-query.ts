import { describeValue, IssueList, type OptionNames } from '@metering/core/building-blocks';
import { checkQueryNames } from '../../check-query-names.ts';
import { PAGE_FILTER, type PageFilter } from '../../page-filter.ts';
import { checkFilter, type RangeQuery, timeProblem } from '../range-query.ts';
import { checkpointProblem, type FollowCheckpoint } from './checkpoint.ts';

const DEFAULT_POLL_MS = 10_000;
const DEFAULT_SETTLE_SECONDS = 120;
const DEFAULT_LATE_SECONDS = 86_400;

/** What is followed, from when on, and how patiently. */
export interface FollowQuery extends PageFilter {
  /** Where to begin: whole Unix seconds. With a checkpoint, that says it. */
  readonly from: number;
  /** What to do with a set that is known to be incomplete when it should have settled. Default `error`. */
  readonly incomplete?: RangeQuery['incomplete'];
  /** How long to wait between two looks, in milliseconds. Default 10,000. */
  readonly pollMs?: number | undefined;
  /** How long after the end of its minute a set that does not say that it is whole is waited for. Default 120. */
  readonly settleSeconds?: number | undefined;
  /**
   * How much older than the newest minute a set may be when it comes. What comes later is never given. The
   * longer this is, the more is listed. Default 86,400, a day; not less than `settleSeconds`.
   */
  readonly lateSeconds?: number | undefined;
  /** How far another `follow` of the same filters has come. */
  readonly checkpoint?: FollowCheckpoint | undefined;
}

const FOLLOW_QUERY: OptionNames<FollowQuery> = {
  from: true,
  ...PAGE_FILTER,
  incomplete: true,
  pollMs: true,
  settleSeconds: true,
  lateSeconds: true,
  checkpoint: true,
};

/** A query in which nothing is left out but filters. */
export type CompleteFollowQuery = PageFilter & {
  readonly [Name in 'incomplete' | 'pollMs' | 'settleSeconds' | 'lateSeconds']-?: NonNullable<
    FollowQuery[Name]
  >;
};

/** @throws ValidationError with every finding. */
export function completeFollowQuery(query: FollowQuery): CompleteFollowQuery {
  const stated: Partial<FollowQuery> = query ?? {};
  const { from, category, sharedPoolId, selfId, checkpoint } = stated;
  const {
    incomplete = 'error',
    pollMs = DEFAULT_POLL_MS,
    settleSeconds = DEFAULT_SETTLE_SECONDS,
    lateSeconds = Math.max(DEFAULT_LATE_SECONDS, settleSeconds || 0),
  } = stated;
  const issues = new IssueList();
  issues.addProblem('from', timeProblem(from));
  checkFilter(stated, issues);
  checkDuration('pollMs', pollMs, 0, issues);
  checkDuration('settleSeconds', settleSeconds, 0, issues);
  checkDuration('lateSeconds', lateSeconds, settleSeconds || 0, issues);
  if (checkpoint !== undefined) issues.addProblem('checkpoint', checkpointProblem(checkpoint));
  checkQueryNames(query, FOLLOW_QUERY, issues);
  issues.throwIfAny('Invalid query to follow pages');
  const filter = { category, sharedPoolId, selfId };
  return { ...filter, incomplete, pollMs, settleSeconds, lateSeconds };
}

function checkDuration(path: string, value: unknown, least: number, issues: IssueList): void {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return;
  issues.add(path, 'OUT_OF_RANGE', `must be a number from ${least}, got ${describeValue(value)}`);
}
