import { abortable } from '@metering/core/building-blocks';
import type { FollowClock } from '../../src/lib/ranges/follow/follow-clock.ts';

/** A clock that stands still until a test moves it on. */
export class ManualClock implements FollowClock {
  #now: number;
  #elapse: (() => void) | undefined;
  #onWait: () => void = () => {};

  /** @param now Unix seconds. */
  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  async wait(_ms: number, signal: AbortSignal | undefined): Promise<void> {
    const elapsed = new Promise<void>((resolve) => {
      this.#elapse = resolve;
    });
    this.#onWait();
    await abortable(elapsed, signal).finally(() => {
      this.#elapse = undefined;
    });
  }

  /** Settles as soon as somebody waits. */
  waiting(): Promise<void> {
    if (this.#elapse !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onWait = resolve;
    });
  }

  /** Moves on, and ends the wait. */
  advance(seconds: number): void {
    this.#now += seconds;
    const elapse = this.#elapse;
    this.#elapse = undefined;
    elapse?.();
  }
}
