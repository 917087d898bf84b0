import type { FollowQuery } from '../../src/index.ts';
import { ClockedStorage } from './clocked-storage.ts';
import { MINUTE, PAGE } from './files.ts';
import { Followed } from './followed.ts';
import { ManualClock } from './manual-clock.ts';
import { recordingLogger } from './recording-logger.ts';

/** A `follow` from `MINUTE` on, a minute later, of a storage in memory that is empty. */
export function setUpFollow(query: Partial<FollowQuery> = {}) {
  const clock = new ManualClock(MINUTE + 60);
  const storage = new ClockedStorage(clock);
  const logger = recordingLogger();
  const followed = new Followed({ storage, clock, query, logger });
  /** The keys of the pages that it gives after so many seconds. */
  const after = (seconds: number) => {
    clock.advance(seconds);
    return followed.look();
  };
  return { clock, storage, logger, followed, after };
}

/** The key of a page as `writeSet` and `putPage` store it. */
export function followedKey(selfId: string, part = 0, timestamp = MINUTE): string {
  return `metering/ru/${timestamp}/${PAGE.category}/${PAGE.sharedPoolId}/${selfId}-${part}.json.gz`;
}
