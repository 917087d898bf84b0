import { delay } from '@metering/core/building-blocks';

/** The time that a `follow` goes by. */
export interface FollowClock {
  /** Unix seconds. */
  now(): number;
  /** Rejects with the signal's reason as soon as it is aborted. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

export const SYSTEM_CLOCK: FollowClock = { now: () => Date.now() / 1000, wait: delay };
