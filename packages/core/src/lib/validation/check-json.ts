import { mustBe } from '../describe-value.ts';
import type { ValidationIssueCode } from '../errors/validation-error.ts';
import type { IssueList } from './issue-list.ts';
import { numberFault, unfit } from './problem.ts';

/** How deep arrays and objects may be nested, in what is written and in what is read. */
export const MAX_JSON_DEPTH = 1000;
/** The largest `value` beside a `unit`: 2^64 - 1, what the readers' uint64 holds. */
export const MAX_METRIC_VALUE = 0xffff_ffff_ffff_ffffn;

const METRIC_VALUE = 'an integer from 0 to 2^64 - 1 (beside "unit"; a bigint beyond 2^53 - 1)';
const PLAIN_NAME = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** What a `JsonChecker` holds values to, beside being JSON. */
export interface JsonRules {
  /** Hold `value` beside `unit` to an integer from 0 to 2^64 - 1. */
  readonly metrics: boolean;
}

/**
 * Finds everything in a value that JSON cannot say without loss, each with its path. One checker
 * walks one tree at a time; reuse it for many.
 */
export class JsonChecker {
  readonly #rules: JsonRules;
  readonly #issues: IssueList;
  /** The keys and indexes that lead to the value at hand, and the objects on that way. */
  #path: (string | number)[] = [];
  #ancestors: object[] = [];

  constructor(issues: IssueList, rules: JsonRules) {
    this.#issues = issues;
    this.#rules = rules;
  }

  /**
   * Checks a value that is found under the names given: `check(record, 'data', 3)`. They count as
   * levels, for they are some when it is stored.
   */
  check(value: unknown, ...path: (string | number)[]): void {
    this.#path = path;
    this.#ancestors = [];
    this.#visit(value);
  }

  /** Like `check`, of a value that must be a plain object. */
  checkObject(value: unknown, ...path: (string | number)[]): void {
    if (isPlainObject(value)) this.check(value, ...path);
    else this.#issues.addProblem(formatPath(path), unfit('WRONG_TYPE', 'a plain object', value));
  }

  #visit(value: unknown): void {
    if (typeof value === 'object') {
      if (value !== null) this.#visitObject(value);
    } else if (typeof value === 'string') {
      if (!value.isWellFormed()) this.#report('NOT_JSON', 'must not contain a lone surrogate');
    } else if (!Number.isFinite(value) && typeof value !== 'boolean' && typeof value !== 'bigint') {
      this.#report('NOT_JSON', mustBe('JSON', value));
    }
  }

  #visitObject(value: object): void {
    if (this.#ancestors.includes(value)) {
      this.#report('CIRCULAR', 'must not contain itself');
    } else if (this.#path.length >= MAX_JSON_DEPTH) {
      this.#report('TOO_DEEP', `must not be nested deeper than ${MAX_JSON_DEPTH} levels`);
    } else {
      this.#ancestors.push(value);
      if (Array.isArray(value)) this.#visitItems(value);
      else if (isPlainObject(value)) this.#visitMembers(value);
      else this.#report('NOT_JSON', mustBe('a plain object', value));
      this.#ancestors.pop();
    }
  }

  #visitItems(items: readonly unknown[]): void {
    for (let index = 0; index < items.length; index++) {
      this.#path.push(index);
      this.#visit(items[index]);
      this.#path.pop();
    }
  }

  #visitMembers(members: Record<string, unknown>): void {
    const metric = this.#rules.metrics && isMetric(members);
    for (const key of Object.keys(members)) {
      this.#path.push(key);
      if (!key.isWellFormed()) {
        this.#report('NOT_JSON', 'must not have a key with a lone surrogate');
      }
      if (metric && key === 'value') this.#visitMetricValue(members[key]);
      else this.#visit(members[key]);
      this.#path.pop();
    }
  }

  #visitMetricValue(value: unknown): void {
    if (isMetricValue(value)) return;
    const code = typeof value === 'bigint' ? 'OUT_OF_RANGE' : numberFault(value);
    this.#report(code, mustBe(METRIC_VALUE, value));
  }

  #report(code: ValidationIssueCode, message: string): void {
    this.#issues.add(formatPath(this.#path), code, message);
  }
}

/** True for an object that says how much of what: it has a `value` and a `unit` of its own. */
export function isMetric(members: object): boolean {
  return Object.hasOwn(members, 'value') && Object.hasOwn(members, 'unit');
}

/** True for what may stand as `value` beside a `unit`: a safe integer from 0, or a bigint of 64 bits. */
export function isMetricValue(value: unknown): value is number | bigint {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  return typeof value === 'bigint' && value >= 0n && value <= MAX_METRIC_VALUE;
}

/** True for an object literal or one without a prototype, of any realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || isObjectPrototype(prototype);
}

function isObjectPrototype(prototype: unknown): boolean {
  return (
    Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf')
  );
}

function formatPath(path: readonly (string | number)[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!PLAIN_NAME.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text === '' ? 'value' : text;
}
