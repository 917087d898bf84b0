import { mustBe } from '../describe-value.ts';
import type { ValidationIssueCode } from '../errors/validation-error.ts';

/** What a rule found wrong with one value. */
export interface Problem {
  readonly code: ValidationIssueCode;
  readonly message: string;
}

/** What is wrong with a value that is not there. */
export const REQUIRED: Problem = { code: 'REQUIRED', message: 'is required' };

/** What is wrong with a value that is something else than it must be. */
export function unfit(code: ValidationIssueCode, expected: string, value: unknown): Problem {
  return { code, message: mustBe(expected, value) };
}

/** Why a value is no safe integer from 0, or undefined if it is one. `what` is what it counts. */
export function countProblem(value: unknown, what: string): Problem | undefined {
  if (value === undefined) return REQUIRED;
  if (Number.isSafeInteger(value) && (value as number) >= 0) return undefined;
  return unfit(numberFault(value), `${what} from 0 to 2^53 - 1`, value);
}

/** Why a value is not one of some integers. */
export function numberFault(value: unknown): ValidationIssueCode {
  if (typeof value !== 'number') return 'WRONG_TYPE';
  return Number.isInteger(value) ? 'OUT_OF_RANGE' : 'NOT_AN_INTEGER';
}
