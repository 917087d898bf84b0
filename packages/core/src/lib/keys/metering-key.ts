import { checkKeyLength, keyFits } from '../storage/object-key.ts';
import { IssueList } from '../validation/issue-list.ts';
import { countProblem } from '../validation/problem.ts';
import { identifierProblem, selfIdProblem } from './identifier.ts';
import { minuteProblem } from './timestamp.ts';

/** Where every metering page lives. */
export const METERING_PREFIX = 'metering/ru/';
/** How every page and every metadata file ends. */
export const FILE_SUFFIX = '.json.gz';
/** The shared pool of data that names none. */
export const DEFAULT_SHARED_POOL_ID = 'default-shared-pool';

const METERING_KEY =
  /^metering\/ru\/([1-9][0-9]*)\/([^/]+)\/([^/]+)\/([^/-]+)-(0|[1-9][0-9]*)\.json\.gz$/;

/** What the key of a metering page says. */
export interface MeteringKey {
  /** The minute that was metered: Unix seconds, divisible by 60. */
  readonly timestamp: number;
  /** The kind of service: `tidb-server`. */
  readonly category: string;
  readonly sharedPoolId: string;
  /** The writing instance; holds no `-`. */
  readonly selfId: string;
  /** Page number within the set, from 0. */
  readonly part: number;
}

/**
 * The key of a metering page: `metering/ru/{timestamp}/{category}/{sharedPoolId}/{selfId}-{part}.json.gz`.
 *
 * @throws ValidationError naming every field that breaks the rules.
 */
export function meteringKey(key: MeteringKey): string {
  const issues = new IssueList();
  checkMeteringKey(key, issues);
  issues.throwIfAny('Invalid metering key');
  return joinMeteringKey(key);
}

/** Adds every finding about the parts of a page's key. */
export function checkMeteringKey(key: MeteringKey, issues: IssueList): void {
  const before = issues.count;
  issues.addProblem('timestamp', minuteProblem(key.timestamp));
  issues.addProblem('category', identifierProblem(key.category));
  issues.addProblem('sharedPoolId', identifierProblem(key.sharedPoolId));
  issues.addProblem('selfId', selfIdProblem(key.selfId));
  issues.addProblem('part', countProblem(key.part, 'an integer'));
  if (issues.count === before) checkKeyLength(joinMeteringKey(key), issues);
}

/** The key that parts make which are known to be good. */
export function joinMeteringKey(key: MeteringKey): string {
  return `${METERING_PREFIX}${key.timestamp}/${key.category}/${key.sharedPoolId}/${key.selfId}-${key.part}${FILE_SUFFIX}`;
}

/**
 * What the key of a metering page says, or undefined for any other key. The inverse of
 * `meteringKey`: a key in another spelling (`0060`, `a-007`, one folder more) is no page's.
 */
export function parseMeteringKey(key: string): MeteringKey | undefined {
  const match = METERING_KEY.exec(key);
  if (match === null || !keyFits(key)) return undefined;
  const [, minute, category, sharedPoolId, selfId, number] = match as unknown as string[];
  const timestamp = Number(minute);
  const part = Number(number);
  if (minuteProblem(timestamp) || !Number.isSafeInteger(part)) return undefined;
  if ([category, sharedPoolId, selfId].some(identifierProblem)) return undefined;
  return { timestamp, category, sharedPoolId, selfId, part } as MeteringKey;
}
