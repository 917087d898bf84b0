import type { MeteringRecord } from '../json/json-value.ts';
import { checkMeteringKey } from '../keys/metering-key.ts';
import { JsonChecker } from './check-json.ts';
import { IssueList } from './issue-list.ts';
import { type Problem, REQUIRED, unfit } from './problem.ts';

/** Stands for a shared pool that the writer fills in: it makes no key too long. */
const SHORTEST_ID = 'p';

/** What one instance of a service used in one minute. */
export interface MeteringData {
  /** The minute that was metered: Unix seconds, divisible by 60. */
  readonly timestamp: number;
  /** The kind of service: `tidb-server`. */
  readonly category: string;
  /** The writing instance; must not contain `-`. */
  readonly selfId: string;
  /** Default, also for `''`: the writer's, else `default-shared-pool`. */
  readonly sharedPoolId?: string | undefined;
  /**
   * The records; of any iterable, so that they need not be in memory at once. One that gives them only once, such as
   * a generator, is made anew for each write. (An array is one, and named for the compiler to say where it is wrong.)
   */
  readonly data:
    | readonly MeteringRecord[]
    | Iterable<MeteringRecord>
    | AsyncIterable<MeteringRecord>;
}

/**
 * Checks metering data whole, without changing it. Records are checked where `data` is an array; any
 * other iterable can be gone through only once and is left to the writer.
 *
 * @throws ValidationError with every finding, each with its path.
 */
export function validateMeteringData(data: MeteringData): void {
  const issues = new IssueList();
  checkMeteringHeader(data, issues);
  const records: unknown = (data as Partial<MeteringData> | null | undefined)?.data;
  if (Array.isArray(records)) {
    const checker = new JsonChecker(issues, { metrics: true });
    for (let index = 0; index < records.length; index++) {
      checker.checkObject(records[index], 'data', index);
    }
  }
  issues.throwIfAny('Invalid metering data');
}

/** Adds every finding about everything but the records. */
export function checkMeteringHeader(data: MeteringData, issues: IssueList): void {
  if (typeof data !== 'object' || data === null) {
    issues.addProblem('data', unfit('WRONG_TYPE', 'an object', data));
    return;
  }
  const { timestamp, category, selfId, sharedPoolId = '' } = data;
  const pool = sharedPoolId === '' ? SHORTEST_ID : sharedPoolId;
  checkMeteringKey({ timestamp, category, sharedPoolId: pool, selfId, part: 0 }, issues);
  issues.addProblem('data', iterableProblem(data.data));
}

function iterableProblem(value: unknown): Problem | undefined {
  if (value === undefined) return REQUIRED;
  if (isIterable(value)) return undefined;
  return unfit('WRONG_TYPE', 'an iterable or async iterable of records', value);
}

function isIterable(value: unknown): boolean {
  const candidate = value as Partial<Iterable<unknown> & AsyncIterable<unknown>> | null;
  const iterate = candidate?.[Symbol.iterator] ?? candidate?.[Symbol.asyncIterator];
  return typeof value === 'object' && typeof iterate === 'function';
}
