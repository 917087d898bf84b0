import type { MeteringRecord } from '../json/json-value.ts';
import { identifierProblem, selfIdProblem } from '../keys/identifier.ts';
import { minuteProblem } from '../keys/timestamp.ts';
import { isPlainObject, JsonChecker } from './check-json.ts';
import { describeValue, IssueList, type Problem } from './issue-list.ts';

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
  /** The records; of any iterable, so that they need not be in memory at once. */
  readonly data: Iterable<MeteringRecord> | AsyncIterable<MeteringRecord>;
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
    const checker = new RecordChecker(issues);
    for (let index = 0; index < records.length; index++) checker.check(records[index], index);
  }
  issues.throwIfAny('Invalid metering data');
}

/** Adds every finding about everything but the records. */
export function checkMeteringHeader(data: MeteringData, issues: IssueList): void {
  if (typeof data !== 'object' || data === null) {
    issues.add('data', 'WRONG_TYPE', `metering data must be an object, got ${describeValue(data)}`);
    return;
  }
  issues.addProblem('timestamp', minuteProblem(data.timestamp));
  issues.addProblem('category', identifierProblem(data.category));
  issues.addProblem('selfId', selfIdProblem(data.selfId));
  if (data.sharedPoolId !== undefined && data.sharedPoolId !== '') {
    issues.addProblem('sharedPoolId', identifierProblem(data.sharedPoolId));
  }
  issues.addProblem('data', iterableProblem(data.data));
}

function iterableProblem(value: unknown): Problem | undefined {
  if (value === undefined) return { code: 'REQUIRED', message: 'is required' };
  if (typeof value === 'object' && value !== null) {
    if (Symbol.iterator in value || Symbol.asyncIterator in value) return undefined;
  }
  const message = `must be an iterable or async iterable of records, got ${describeValue(value)}`;
  return { code: 'WRONG_TYPE', message };
}

/** Checks records one at a time; reuse it for all of a set. */
export class RecordChecker {
  readonly #issues: IssueList;
  readonly #json: JsonChecker;

  constructor(issues: IssueList) {
    this.#issues = issues;
    this.#json = new JsonChecker(issues, { metrics: true });
  }

  /** Adds every finding about the record at an index of `data`. */
  check(record: unknown, index: number): void {
    if (isPlainObject(record)) {
      this.#json.check(record, 'data', index);
    } else {
      const message = `a record must be a plain object, got ${describeValue(record)}`;
      this.#issues.add(`data[${index}]`, 'WRONG_TYPE', message);
    }
  }
}
