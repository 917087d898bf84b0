import type { ListedSet } from '../../pages/listed-sets.ts';
import { type FollowCheckpoint, newCheckpoint } from './checkpoint.ts';
import { GivenSets } from './given-sets.ts';
import { WaitingSets } from './waiting-sets.ts';

/** How far a `follow` has come. */
export class FollowProgress {
  readonly given: GivenSets;
  readonly waiting = new WaitingSets();
  readonly #lateSeconds: number;
  #from: number;
  /** The newest minute that was seen. */
  #newest: number;

  constructor({ from, given }: FollowCheckpoint, lateSeconds: number) {
    this.#from = from;
    this.#newest = from;
    this.#lateSeconds = lateSeconds;
    this.given = new GivenSets(given);
  }

  /** Nothing before this time is looked at any more. */
  get from(): number {
    return this.#from;
  }

  /** Where to begin to find what is newer than a time, or still to be given. */
  fromRecent(time: number): number {
    return Math.max(this.#from, Math.min(time, this.waiting.oldest()));
  }

  /** @param now A minute after it is of a clock that is wrong: the other writers are not late because of it. */
  noteSeen({ identity }: ListedSet, now: number): void {
    if (identity.timestamp <= now) this.#newest = Math.max(this.#newest, identity.timestamp);
  }

  noteGiven(set: ListedSet): void {
    this.given.add(set.identity);
    this.waiting.delete(set);
  }

  /** Forgets about minutes that were gone through, but for those in which a set may still come or be given. */
  closeBefore(minute: number): void {
    const oldestLate = this.#newest - this.#lateSeconds;
    const from = Math.min(minute, oldestLate, this.waiting.oldest());
    if (from <= this.#from) return;
    this.#from = from;
    this.given.dropBefore(from);
    this.waiting.dropBefore(from);
  }

  checkpoint(): FollowCheckpoint {
    return newCheckpoint(this.#from, this.given.toJSON());
  }
}
