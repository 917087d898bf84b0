import { describeValue, isPlainObject, type Problem } from '@metering/core/building-blocks';
import { timeProblem } from '../range-query.ts';
import type { MinuteRange } from './minute-ranges.ts';

const VERSION = 1;

/**
 * How far a `follow` has come: plain JSON, to be stored and given to another one. Its size grows with the
 * number of writers, and with the gaps of each in the time in which late sets are waited for.
 */
export interface FollowCheckpoint {
  readonly version: typeof VERSION;
  /** Nothing before this time is looked at any more: Unix seconds. */
  readonly from: number;
  /** The minutes since then that were given, by writer (`category/sharedPoolId/selfId`), as ranges. */
  readonly given: { readonly [writer: string]: readonly MinuteRange[] };
}

export function newCheckpoint(
  from: number,
  given: FollowCheckpoint['given'] = {},
): FollowCheckpoint {
  return { version: VERSION, from, given };
}

/** Why a value is no checkpoint, or undefined if it is one. */
export function checkpointProblem(value: unknown): Problem | undefined {
  if (!isPlainObject(value)) {
    const message = `must be what checkpoint() gave, got ${describeValue(value)}`;
    return { code: 'WRONG_TYPE', message };
  }
  if (value.version !== VERSION) {
    const message = `must be of version ${VERSION}, got ${describeValue(value.version)}`;
    return { code: 'NOT_ONE_OF', message };
  }
  const isRight = timeProblem(value.from) === undefined && isGiven(value.given);
  return isRight ? undefined : { code: 'WRONG_TYPE', message: 'must be what checkpoint() gave' };
}

function isGiven(value: unknown): boolean {
  return isPlainObject(value) && Object.values(value).every(areRangesInOrder);
}

function areRangesInOrder(ranges: unknown): boolean {
  if (!Array.isArray(ranges) || !ranges.every(isRange)) return false;
  const times = ranges.flat();
  return times.every((time, index) => index === 0 || times[index - 1]! < time);
}

function isRange(value: unknown): value is MinuteRange {
  if (!Array.isArray(value) || value.length !== 2) return false;
  return value.every((time) => timeProblem(time) === undefined);
}
