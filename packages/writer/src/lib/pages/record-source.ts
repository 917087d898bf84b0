type Step = IteratorResult<unknown, unknown>;

/** Where records come from, one at a time. */
export interface RecordSource {
  /** A promise only where one has to be waited for, which costs more than a small record. */
  next(): Step | Promise<Step>;
  /** Says that no more are wanted, unless there are none anyway. */
  close(): Promise<void>;
}

/** @param signal ends the wait for a slow source: `next` rejects with its reason. */
export function recordSource(
  data: Iterable<unknown> | AsyncIterable<unknown>,
  signal: AbortSignal,
): RecordSource {
  const { [Symbol.asyncIterator]: open } = data as Partial<AsyncIterable<unknown>>;
  if (typeof open === 'function') return new AsyncRecords(open.call(data), signal);
  return new SyncRecords((data as Iterable<unknown>)[Symbol.iterator]());
}

class SyncRecords implements RecordSource {
  readonly #iterator: Iterator<unknown, unknown>;
  #ended = false;

  constructor(iterator: Iterator<unknown, unknown>) {
    this.#iterator = iterator;
  }

  next(): Step {
    // One that throws has ended, too.
    this.#ended = true;
    const step = this.#iterator.next();
    this.#ended = step.done === true;
    return step;
  }

  async close(): Promise<void> {
    if (!this.#ended) this.#iterator.return?.();
  }
}

class AsyncRecords implements RecordSource {
  readonly #iterator: AsyncIterator<unknown, unknown>;
  readonly #signal: AbortSignal;
  #state: 'ready' | 'waiting' | 'ended' = 'ready';
  /** Rejects the wait at hand: one listener serves all of them. */
  #rejectNext: (reason: unknown) => void = () => {};

  constructor(iterator: AsyncIterator<unknown, unknown>, signal: AbortSignal) {
    this.#iterator = iterator;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#rejectNext(signal.reason), { once: true });
  }

  next(): Promise<Step> {
    this.#signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      this.#rejectNext = reject;
      this.#step().then(resolve, reject);
    });
  }

  async #step(): Promise<Step> {
    this.#state = 'waiting';
    let ended = true;
    try {
      const step = await this.#iterator.next();
      ended = step.done === true;
      return step;
    } finally {
      this.#state = ended ? 'ended' : 'ready';
    }
  }

  async close(): Promise<void> {
    if (this.#state === 'ended') return;
    const closed = this.#iterator.return?.();
    // A generator answers only after the record that is waited for, which may never come.
    if (this.#state === 'ready') await closed;
    else closed?.then(undefined, () => {});
  }
}
