/** The longest time that a timer holds; a longer one would end at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Settles with the promise, or rejects with `signal.reason` as soon as the signal is aborted, whatever
 * the promise does.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  if (signal.aborted) {
    promise.catch(() => undefined);
    return Promise.reject(signal.reason);
  }
  return new Promise<T>((resolve, reject) => {
    const waiters = waitersOf.get(signal) ?? new AbortWaiters(signal);
    waiters.add(reject);
    promise.then(resolve, reject).then(() => waiters.delete(reject));
  });
}

/** Waits; rejects with `signal.reason` as soon as the signal is aborted. */
export function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, MAX_TIMER_MS));
  });
  return abortable(elapsed, signal).finally(() => clearTimeout(timer));
}

const waitersOf = new WeakMap<AbortSignal, AbortWaiters>();

type Reject = (reason: unknown) => void;

/**
 * All that waits on one signal, behind one listener, which is gone when nothing waits: Node warns on
 * standard error of a signal with more than ten.
 */
class AbortWaiters {
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<Reject>();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    waitersOf.set(signal, this);
    signal.addEventListener('abort', this);
  }

  add(reject: Reject): void {
    this.#waiting.add(reject);
  }

  delete(reject: Reject): void {
    this.#waiting.delete(reject);
    if (this.#waiting.size > 0) return;
    this.#signal.removeEventListener('abort', this);
    waitersOf.delete(this.#signal);
  }

  handleEvent(): void {
    for (const reject of this.#waiting) reject(this.#signal.reason);
  }
}
