import { performance } from 'node:perf_hooks';

/** What takes longer, by a thread or on the spot, had to wait for a disk or a network. */
const QUICK_MS = { byThread: 1, onTheSpot: 0.1 };
/** When calls on the spot have taken so long, the next one is made by a thread: the event loop can turn. */
const TURN_MS = 1;

/**
 * Calls to the system that are alike. What the system has in its memory it gives in some microseconds, and to
 * hand that to a thread takes ten to a hundred: so after a call by a thread that was quick the next ones are
 * made on the spot, and after one that was not by threads.
 */
export class QuickCalls {
  #areQuick = false;
  #onTheSpotMs = 0;

  /** @param onTheSpot may give a promise where it was too much for that. */
  async make<Result>(
    byThread: () => Promise<Result>,
    onTheSpot: () => Result | Promise<Result>,
  ): Promise<Result> {
    const isByThread = !this.#areQuick || this.#onTheSpotMs >= TURN_MS;
    const start = performance.now();
    const result = isByThread ? await byThread() : onTheSpot();
    const milliseconds = performance.now() - start;
    this.#onTheSpotMs = isByThread ? 0 : this.#onTheSpotMs + milliseconds;
    this.#areQuick = milliseconds < (isByThread ? QUICK_MS.byThread : QUICK_MS.onTheSpot);
    return result;
  }
}
