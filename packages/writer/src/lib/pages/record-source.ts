import { openOnce } from './open-once.ts';

/** Where records come from, one at a time. */
export interface RecordSource {
  /** The record that was taken last. */
  readonly record: unknown;
  /**
   * Takes the next record; false where there are no more. A promise only where one has to be waited for, which
   * costs more than a small record.
   */
  take(): boolean | Promise<boolean>;
  /** Says that no more are wanted, unless there are none anyway. */
  close(): Promise<void>;
}

/**
 * @param signal ends the wait for a slow source: `next` rejects with its reason.
 * @throws ValidationError where what gives its records only once was given before.
 */
export function recordSource(
  data: Iterable<unknown> | AsyncIterable<unknown>,
  signal: AbortSignal,
): RecordSource {
  if (Array.isArray(data)) return new ArrayRecords(data);
  const { [Symbol.asyncIterator]: open } = data as Partial<AsyncIterable<unknown>>;
  if (typeof open === 'function') {
    const iterator = openOnce(data, () => open.call(data));
    return new AsyncRecords(iterator, signal);
  }
  return new SyncRecords(openOnce(data, () => (data as Iterable<unknown>)[Symbol.iterator]()));
}

/** Its length must not change. */
class ArrayRecords implements RecordSource {
  record: unknown;
  readonly #array: readonly unknown[];
  #taken = 0;

  constructor(array: readonly unknown[]) {
    this.#array = array;
  }

  take(): boolean {
    if (this.#taken === this.#array.length) return false;
    this.record = this.#array[this.#taken++];
    return true;
  }

  async close(): Promise<void> {}
}

class SyncRecords implements RecordSource {
  record: unknown;
  readonly #iterator: Iterator<unknown, unknown>;
  #ended = false;

  constructor(iterator: Iterator<unknown, unknown>) {
    this.#iterator = iterator;
  }

  take(): boolean {
    // One that throws has ended, too.
    this.#ended = true;
    const { done, value } = this.#iterator.next();
    this.#ended = done === true;
    if (!this.#ended) this.record = value;
    return !this.#ended;
  }

  async close(): Promise<void> {
    if (!this.#ended) this.#iterator.return?.();
  }
}

class AsyncRecords implements RecordSource {
  record: unknown;
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

  take(): Promise<boolean> {
    this.#signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      this.#rejectNext = reject;
      this.#step().then(resolve, reject);
    });
  }

  async #step(): Promise<boolean> {
    this.#state = 'waiting';
    let ended = true;
    try {
      const { done, value } = await this.#iterator.next();
      ended = done === true;
      if (!ended) this.record = value;
      return !ended;
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
