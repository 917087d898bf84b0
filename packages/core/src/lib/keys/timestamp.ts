import { mustBe } from '../describe-value.ts';
import { IssueList } from '../validation/issue-list.ts';
import { countProblem, numberFault, type Problem, REQUIRED, unfit } from '../validation/problem.ts';

/** Seconds from here on are beyond the year 5000: someone passed milliseconds. */
const LOOKS_LIKE_MILLISECONDS = 100_000_000_000;

const MINUTE =
  'a whole minute: positive Unix seconds divisible by 60, as floorToMinute(date) gives';

/** Why a value is no metering minute, or undefined if it is: positive Unix seconds, divisible by 60. */
export function minuteProblem(value: unknown): Problem | undefined {
  const problem = secondsProblem(value, MINUTE);
  if (problem !== undefined) return problem;
  const seconds = value as number;
  if (seconds > 0 && seconds % 60 === 0) return undefined;
  const whole = seconds > 0 && Number.isInteger(seconds);
  return unfit(whole ? 'NOT_A_MINUTE' : numberFault(seconds), MINUTE, seconds);
}

function secondsProblem(value: unknown, expected: string): Problem | undefined {
  if (value === undefined) return REQUIRED;
  if (!Number.isFinite(value)) return unfit('WRONG_TYPE', expected, value);
  if ((value as number) < LOOKS_LIKE_MILLISECONDS) return undefined;
  return unfit('LOOKS_LIKE_MILLISECONDS', `${expected} (this looks like milliseconds)`, value);
}

/** Why a value is no time of metadata, or undefined if it is: Unix seconds from 0 to 2^53 - 1. */
export function modifyTsProblem(value: unknown): Problem | undefined {
  return countProblem(value, 'whole Unix seconds');
}

/**
 * The minute that a time lies in, as Unix seconds.
 *
 * @param time Unix seconds (fractions are fine), or a `Date`.
 * @throws ValidationError for an invalid date, a negative time or one in milliseconds.
 */
export function floorToMinute(time: number | Date): number {
  const seconds = time instanceof Date ? time.getTime() / 1000 : time;
  const expected = 'Unix seconds from 0 or a valid Date';
  const issues = new IssueList();
  if (seconds < 0) issues.add('time', 'OUT_OF_RANGE', mustBe(expected, seconds));
  else issues.addProblem('time', secondsProblem(seconds, expected));
  issues.throwIfAny('Invalid time');
  return seconds - (seconds % 60);
}
