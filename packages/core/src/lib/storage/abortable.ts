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
    const waiting = waitingOn.get(signal) ?? new Set();
    if (waiting.size === 0) signal.addEventListener('abort', rejectAll, { once: true });
    waitingOn.set(signal, waiting.add(reject));
    promise.then(resolve, reject).then(() => {
      waiting.delete(reject);
      if (waiting.size === 0) signal.removeEventListener('abort', rejectAll);
    });
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

/**
 * All that waits on one signal, behind one listener, which is gone when nothing waits: Node warns on
 * standard error of a signal with more than ten.
 */
const waitingOn = /* @__PURE__ */ new WeakMap<AbortSignal, Set<(reason: unknown) => void>>();

function rejectAll(this: AbortSignal): void {
  for (const reject of waitingOn.get(this) ?? []) reject(this.reason);
}
