import { performance } from 'node:perf_hooks';

/** What takes longer, by a thread or on the spot, had to wait for a disk or a network. */
const QUICK_MS = { byThread: 1, onTheSpot: 0.1 };
/** One call in so many is made by a thread, which lets the event loop turn. */
const THREAD_EVERY = 32;

/**
 * Calls to the system that are alike. What the system has in its memory it gives in some microseconds, and to
 * hand that to a thread takes ten to a hundred: so after a call by a thread that was quick the next ones are
 * made on the spot, and after one that was not by threads.
 */
export class QuickCalls {
  #calls = 0;
  #areQuick = false;

  /** @param onTheSpot may give a promise where it was too much for that. */
  async make<Result>(
    byThread: () => Promise<Result>,
    onTheSpot: () => Result | Promise<Result>,
  ): Promise<Result> {
    const isByThread = !this.#areQuick || this.#calls % THREAD_EVERY === 0;
    this.#calls += 1;
    const start = performance.now();
    const result = isByThread ? await byThread() : onTheSpot();
    const limit = isByThread ? QUICK_MS.byThread : QUICK_MS.onTheSpot;
    this.#areQuick = performance.now() - start < limit;
    return result;
  }
}
