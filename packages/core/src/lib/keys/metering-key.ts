import { checkKeyLength, keyFits } from '../storage/object-key.ts';
import { describeValue, IssueList, type Problem } from '../validation/issue-list.ts';
import { parseDecimal } from './decimal.ts';
import { identifierProblem, selfIdProblem } from './identifier.ts';
import { minuteProblem } from './timestamp.ts';

/** Where every metering page lives. */
export const METERING_PREFIX = 'metering/ru/';
/** How every page and every metadata file ends. */
export const FILE_SUFFIX = '.json.gz';
/** The shared pool of data that names none. */
export const DEFAULT_SHARED_POOL_ID = 'default-shared-pool';

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
  issues.addProblem('part', partProblem(key.part));
  if (issues.count === before) checkKeyLength(joinMeteringKey(key), issues);
}

function joinMeteringKey(key: MeteringKey): string {
  return `${METERING_PREFIX}${key.timestamp}/${key.category}/${key.sharedPoolId}/${key.selfId}-${key.part}${FILE_SUFFIX}`;
}

function partProblem(value: unknown): Problem | undefined {
  if (value === undefined) return { code: 'REQUIRED', message: 'is required' };
  if (Number.isSafeInteger(value) && (value as number) >= 0) return undefined;
  const message = `must be an integer from 0 to 2^53 - 1, got ${describeValue(value)}`;
  if (typeof value !== 'number') return { code: 'WRONG_TYPE', message };
  return { code: Number.isInteger(value) ? 'OUT_OF_RANGE' : 'NOT_AN_INTEGER', message };
}

/**
 * What the key of a metering page says, or undefined for any other key. The inverse of
 * `meteringKey`: a key in another spelling (`0060`, `a-007`, one folder more) is no page's.
 */
export function parseMeteringKey(key: string): MeteringKey | undefined {
  if (!key.startsWith(METERING_PREFIX) || !key.endsWith(FILE_SUFFIX)) return undefined;
  const segments = key.slice(METERING_PREFIX.length, -FILE_SUFFIX.length).split('/');
  const [minute, category, sharedPoolId, file, extra] = segments;
  if (file === undefined || extra !== undefined) return undefined;
  const dash = file.lastIndexOf('-');
  const selfId = file.slice(0, Math.max(dash, 0));
  const timestamp = parseDecimal(minute as string);
  const part = parseDecimal(file.slice(dash + 1));
  if (timestamp === undefined || part === undefined || minuteProblem(timestamp)) return undefined;
  if (identifierProblem(category) || identifierProblem(sharedPoolId) || selfIdProblem(selfId)) {
    return undefined;
  }
  if (!keyFits(key)) return undefined;
  return {
    timestamp,
    category: category as string,
    sharedPoolId: sharedPoolId as string,
    selfId,
    part,
  };
}
