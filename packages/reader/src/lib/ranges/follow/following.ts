import type { CallOptions } from '@metering/core';
import type { MeteringPage } from '../../pages/decode-page.ts';
import type { ListedSet } from '../../pages/listed-sets.ts';
import { checkCallOptions } from '../../reader-options.ts';
import { incompleteSet, noteLeftOut } from '../incomplete-set.ts';
import { type JudgedSet, judgedSets, KEPT_BYTES } from '../judged-sets.ts';
import type { RangeContext } from '../range-context.ts';
import { setsOfRange } from '../range-files.ts';
import { scanFiles } from '../scan.ts';
import { setFiles } from '../set-files.ts';
import { SECONDS_PER_MINUTE } from '../timestamp-spans.ts';
import { type FollowCheckpoint, newCheckpoint } from './checkpoint.ts';
import { type FollowClock, SYSTEM_CLOCK } from './follow-clock.ts';
import { FollowProgress } from './follow-progress.ts';
import { type CompleteFollowQuery, completeFollowQuery, type FollowQuery } from './follow-query.ts';
import { patientStorage } from './patient-storage.ts';
import { toldOnce } from './told-once.ts';

/** Writers' clocks may be wrong: minutes up to so far ahead of ours are looked for. */
const AHEAD_SECONDS = 86_400;
/** Where the time in which late sets may come holds more pages, not every look goes through all of it. */
const PAGES_PER_LOOK = 10_000;

/** The pages of a `follow`: to be gone through once, until the signal is aborted or the loop is left. */
export interface Following extends AsyncIterable<MeteringPage> {
  /**
   * How far it has come: every set of which the last page was given. Store it when that page is dealt with; a
   * `follow` that is given it begins behind these sets.
   */
  checkpoint(): FollowCheckpoint;
}

/** Gives every set once, as sets are written. */
export function follow(
  context: RangeContext,
  query: FollowQuery,
  options: CallOptions,
  clock: FollowClock = SYSTEM_CLOCK,
): Following {
  const start = query?.checkpoint ?? newCheckpoint(query?.from);
  let follower: Follower | undefined;
  const pages = (async function* () {
    checkCallOptions('follow', options);
    const complete = completeFollowQuery(query);
    follower = new Follower({ context, query: complete, start, clock, signal: options.signal });
    yield* follower.pages();
  })();
  return {
    checkpoint: () => follower?.checkpoint() ?? start,
    [Symbol.asyncIterator]: () => pages,
  };
}

interface FollowerOptions {
  readonly context: RangeContext;
  readonly query: CompleteFollowQuery;
  readonly start: FollowCheckpoint;
  readonly clock: FollowClock;
  readonly signal: AbortSignal | undefined;
}

class Follower {
  readonly #context: RangeContext;
  readonly #query: CompleteFollowQuery;
  readonly #clock: FollowClock;
  readonly #signal: AbortSignal | undefined;
  readonly #progress: FollowProgress;
  #looksUntilWhole = 0;

  constructor({ context, query, start, clock, signal }: FollowerOptions) {
    const { pollMs } = query;
    const { storage, logger, onEvent, onSkipped } = context;
    this.#context = {
      ...context,
      storage: patientStorage(storage, { pollMs, logger, onEvent }),
      onSkipped: toldOnce(onSkipped),
    };
    this.#query = query;
    this.#clock = clock;
    this.#signal = signal;
    this.#progress = new FollowProgress(start, query.lateSeconds);
  }

  checkpoint(): FollowCheckpoint {
    return this.#progress.checkpoint();
  }

  async *pages(): AsyncGenerator<MeteringPage> {
    for (;;) {
      const now = this.#clock.now();
      if (this.#looksUntilWhole > 0) yield* this.#lookAtRecent(now);
      else yield* this.#lookAtAll(now);
      await this.#clock.wait(this.#query.pollMs, this.#signal);
    }
  }

  /** Looks where sets are written in time. */
  async *#lookAtRecent(now: number): AsyncGenerator<MeteringPage> {
    this.#looksUntilWhole -= 1;
    const from = this.#progress.fromRecent(now - this.#query.settleSeconds - SECONDS_PER_MINUTE);
    for await (const judged of this.#judgedSets(this.#dueSets(from, now))) {
      yield* this.#deal(judged, now);
    }
  }

  /** Looks where late sets may come, too. What of it is larger is looked at less often. */
  async *#lookAtAll(now: number): AsyncGenerator<MeteringPage> {
    let listedPages = 0;
    const count = ({ pages }: ListedSet) => {
      listedPages += pages.length;
    };
    for await (const judged of this.#judgedSets(this.#dueSets(this.#progress.from, now, count))) {
      this.#progress.closeBefore(judged.set.timestamp);
      yield* this.#deal(judged, now);
    }
    this.#progress.closeBefore(Number.POSITIVE_INFINITY);
    this.#looksUntilWhole = Math.floor(listedPages / PAGES_PER_LOOK);
  }

  #judgedSets(sets: AsyncIterable<ListedSet>): AsyncGenerator<JudgedSet> {
    return judgedSets(sets, this.#context, { keepBytes: KEPT_BYTES, signal: this.#signal });
  }

  /** The sets that are to be looked into. */
  async *#dueSets(
    from: number,
    now: number,
    onListed?: (set: ListedSet) => void,
  ): AsyncGenerator<ListedSet> {
    const range = { ...this.#query, from, to: Math.ceil(Math.max(from, now)) + AHEAD_SECONDS };
    for await (const set of setsOfRange(this.#context, range, { signal: this.#signal })) {
      onListed?.(set);
      this.#progress.noteSeen(set, now);
      if (this.#isDue(set, now)) yield set;
    }
  }

  #isDue(set: ListedSet, now: number): boolean {
    const { given, waiting } = this.#progress;
    if (given.has(set.identity)) return false;
    if (!waiting.isUnchanged(set)) return true;
    return !waiting.isLeftOut(set) && this.#settlesAt(set) <= now;
  }

  async *#deal(judged: JudgedSet, now: number): AsyncGenerator<MeteringPage> {
    const { listed, set } = judged;
    if (set.status === 'complete') yield* this.#give(judged);
    else if (!this.#isSettled(listed, now))
      this.#progress.waiting.add(listed, { isLeftOut: false });
    else if (set.status === 'unknown') yield* this.#give(judged);
    else if (this.#query.incomplete === 'include') yield* this.#give(judged);
    else if (this.#query.incomplete === 'error') throw incompleteSet(set);
    else this.#leaveOut(judged);
  }

  /**
   * A set of a minute long past may be written right now. Where a page of it is new, it has to look the same
   * twice.
   */
  #isSettled(set: ListedSet, now: number): boolean {
    if (this.#settlesAt(set) > now) return false;
    return !this.#isNew(set, now) || this.#progress.waiting.isUnchanged(set);
  }

  #settlesAt({ identity }: ListedSet): number {
    return identity.timestamp + SECONDS_PER_MINUTE + this.#query.settleSeconds;
  }

  #isNew({ pages }: ListedSet, now: number): boolean {
    const oldSince = (now - this.#query.settleSeconds) * 1000;
    return pages.some(({ object }) => object.lastModified.getTime() > oldSince);
  }

  #leaveOut({ listed, set }: JudgedSet): void {
    noteLeftOut(set, this.#context.logger);
    this.#progress.waiting.add(listed, { isLeftOut: true });
  }

  /** The pages of a set. It counts as given with its last page. */
  async *#give(judged: JudgedSet): AsyncGenerator<MeteringPage> {
    const files = (stopping: AbortSignal) => setFiles(judged, this.#context, stopping);
    let left = judged.pages.length;
    for await (const page of scanFiles(files, this.#context, { signal: this.#signal })) {
      left -= 1;
      if (left === 0) this.#progress.noteGiven(judged.listed);
      yield page;
    }
  }
}
