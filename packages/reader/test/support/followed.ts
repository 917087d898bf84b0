import type { Logger, StorageProvider } from '@metering/core';
import type { FollowCheckpoint, FollowQuery, MeteringPage, SkippedKey } from '../../src/index.ts';
import { type Following, follow } from '../../src/lib/ranges/follow/following.ts';
import { MINUTE } from './files.ts';
import type { ManualClock } from './manual-clock.ts';

export interface FollowedOptions {
  readonly storage: StorageProvider;
  readonly clock: ManualClock;
  readonly query?: Partial<FollowQuery>;
  readonly logger?: Logger;
}

/** A `follow` whose looks a test takes one by one. */
export class Followed {
  /** Everything that was given. */
  readonly pages: MeteringPage[] = [];
  /** The keys that are no pages, as it told of them. */
  readonly skipped: string[] = [];
  /** What it ended with. */
  readonly ended: Promise<unknown>;
  #begin: () => void = () => {};
  #seen = 0;
  readonly #abort = new AbortController();
  readonly #following: Following;
  readonly #clock: ManualClock;

  constructor({ storage, clock, query, logger }: FollowedOptions) {
    const context = {
      storage,
      concurrency: 3,
      maxPageBytes: 1_000_000,
      logger,
      onSkipped: ({ key }: SkippedKey) => void this.skipped.push(key),
    };
    const complete = { from: MINUTE, pollMs: 1, ...query };
    const { signal } = this.#abort;
    this.#clock = clock;
    this.#following = follow(context, complete, { signal }, clock);
    const begun = new Promise<void>((resolve) => {
      this.#begin = resolve;
    });
    this.ended = begun.then(() => this.#take());
  }

  /** Goes on until it waits, or has ended; the keys of the pages that it gave since the last time. */
  async look(): Promise<string[]> {
    this.#begin();
    await Promise.race([this.#clock.waiting(), this.ended]);
    const given = this.pages.slice(this.#seen);
    this.#seen = this.pages.length;
    return given.map(({ key }) => key);
  }

  /** As it is after it was stored. */
  checkpoint(): FollowCheckpoint {
    return JSON.parse(JSON.stringify(this.#following.checkpoint())) as FollowCheckpoint;
  }

  async stop(reason: unknown = new Error('stopped')): Promise<unknown> {
    this.#abort.abort(reason);
    return this.ended;
  }

  async #take(): Promise<unknown> {
    try {
      for await (const page of this.#following) this.pages.push(page);
      return undefined;
    } catch (error) {
      return error;
    }
  }
}
