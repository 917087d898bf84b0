import { ValidationError } from '../errors/validation-error.ts';
import { describeValue, type Problem } from '../validation/issue-list.ts';

/** Seconds from here on are beyond the year 5000: someone passed milliseconds. */
const LOOKS_LIKE_MILLISECONDS = 100_000_000_000;

/** Why a value is no metering minute, or undefined if it is: positive Unix seconds, divisible by 60. */
export function minuteProblem(value: unknown): Problem | undefined {
  const problem = secondsProblem(value);
  if (problem !== undefined) return problem;
  const seconds = value as number;
  if (!Number.isInteger(seconds)) {
    return { code: 'NOT_AN_INTEGER', message: `must be whole Unix seconds, got ${seconds}` };
  }
  if (seconds <= 0) {
    return { code: 'OUT_OF_RANGE', message: `must be positive Unix seconds, got ${seconds}` };
  }
  if (seconds % 60 === 0) return undefined;
  const message = `must be a whole minute (divisible by 60), got ${seconds}; floorToMinute() gives it`;
  return { code: 'NOT_A_MINUTE', message };
}

function secondsProblem(value: unknown): Problem | undefined {
  if (value === undefined) return { code: 'REQUIRED', message: 'is required' };
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    const hint = value instanceof Date ? '; floorToMinute(date) gives them' : '';
    return {
      code: 'WRONG_TYPE',
      message: `must be Unix seconds as a number, got ${describeValue(value)}${hint}`,
    };
  }
  if (value < LOOKS_LIKE_MILLISECONDS) return undefined;
  const message = `must be Unix seconds, got ${value}: this looks like milliseconds`;
  return { code: 'LOOKS_LIKE_MILLISECONDS', message };
}

/** Why a value is no time of metadata, or undefined if it is: Unix seconds from 0 to 2^53 - 1. */
export function modifyTsProblem(value: unknown): Problem | undefined {
  if (value === undefined) return { code: 'REQUIRED', message: 'is required' };
  if (typeof value !== 'number') {
    const message = `must be Unix seconds as a number, got ${describeValue(value)}`;
    return { code: 'WRONG_TYPE', message };
  }
  if (Number.isSafeInteger(value) && value >= 0) return undefined;
  const message = `must be whole Unix seconds from 0 to 2^53 - 1, got ${value}`;
  return { code: Number.isInteger(value) ? 'OUT_OF_RANGE' : 'NOT_AN_INTEGER', message };
}

/**
 * The minute that a time lies in, as Unix seconds.
 *
 * @param time Unix seconds (fractions are fine), or a `Date`.
 * @throws ValidationError for an invalid date, a negative time or one in milliseconds.
 */
export function floorToMinute(time: number | Date): number {
  const seconds = time instanceof Date ? time.getTime() / 1000 : time;
  const problem = timeProblem(seconds);
  if (problem === undefined) return Math.floor(seconds) - (Math.floor(seconds) % 60);
  const issue = { path: 'time', code: problem.code, message: problem.message };
  throw new ValidationError({ message: `Invalid time: ${problem.message}`, issues: [issue] });
}

function timeProblem(seconds: number): Problem | undefined {
  if (Number.isNaN(seconds)) {
    return { code: 'WRONG_TYPE', message: 'must be a valid time, got an invalid one' };
  }
  if (!(seconds < 0)) return secondsProblem(seconds);
  return { code: 'OUT_OF_RANGE', message: `must not be before 1970, got ${seconds}` };
}
