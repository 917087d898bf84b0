import { wrongArgument } from '../describe-value.ts';
import { isMeteringError } from '../errors/metering-error.ts';
import { checkFunction, checkObservers, type Observers, reportRetry } from '../observers.ts';
import { delay } from './abortable.ts';
import type { CallOptions, ListQuery, ObjectInfo, StorageProvider } from './storage-provider.ts';
import { WrappedStorage } from './wrapped-storage.ts';

/** When a call is made again. The observers are told before each wait. */
export interface RetryPolicy extends Observers {
  /** How often a call is made at the most, the first time included. Default 5. */
  readonly attempts?: number | undefined;
  /** The wait before the first retry is up to this, and up to twice as much before each further one. Default 100. */
  readonly baseDelayMs?: number | undefined;
  /** No wait is longer. Default 10,000. */
  readonly maxDelayMs?: number | undefined;
  /** From 0 to 1, chooses the wait between none and the longest. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * The same storage, but a call that fails in a way that may pass (`error.retryable`) is made again,
 * after a wait with full jitter. A listing goes on after the last key it gave. A `create` whose first
 * answer was lost ends in ALREADY_EXISTS, as the contract says: the writers find out whose object it is.
 *
 * @throws TypeError for a policy that makes no sense.
 */
export function withRetry(storage: StorageProvider, policy: RetryPolicy = {}): StorageProvider {
  return new RetryingStorage(storage, policy);
}

/** Far beyond any wait, and far from Infinity, which times 0 is no number. */
const MAX_DOUBLINGS = 60;

class RetryingStorage extends WrappedStorage {
  readonly #policy: RetryPolicy;
  readonly #attempts: number;
  readonly #baseDelayMs: number;
  readonly #maxDelayMs: number;

  constructor(storage: StorageProvider, policy: RetryPolicy) {
    super(storage);
    checkObservers('withRetry', policy);
    checkFunction('withRetry: random', policy.random);
    this.#policy = policy;
    this.#attempts = numberFrom(1, 'attempts', policy.attempts ?? 5);
    this.#baseDelayMs = numberFrom(0, 'baseDelayMs', policy.baseDelayMs ?? 100);
    this.#maxDelayMs = numberFrom(0, 'maxDelayMs', policy.maxDelayMs ?? 10_000);
  }

  async *list(query: ListQuery = {}, options?: CallOptions): AsyncGenerator<ObjectInfo> {
    let startAfter = query.startAfter;
    for (let attempt = 1; ; attempt++) {
      try {
        for await (const info of this.storage.list({ ...query, startAfter }, options)) {
          yield info;
          startAfter = info.key;
          attempt = 1;
        }
        return;
      } catch (error) {
        await this.#wait(error, attempt, options?.signal);
      }
    }
  }

  protected async around<T>(
    _operation: string,
    key: string,
    options: CallOptions | undefined,
    call: (inner: string) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call(key);
      } catch (error) {
        await this.#wait(error, attempt, options?.signal);
      }
    }
  }

  /** Waits before the next attempt, or throws the error where another one cannot help. */
  async #wait(error: unknown, attempt: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const mayPass = isMeteringError(error) && error.retryable;
    if (!mayPass || attempt >= this.#attempts) throw error;
    const doublings = Math.min(attempt - 1, MAX_DOUBLINGS);
    const longest = Math.min(this.#maxDelayMs, this.#baseDelayMs * 2 ** doublings);
    const delayMs = longest * (this.#policy.random ?? Math.random)();
    reportRetry(this.#policy, { error, attempt, delayMs });
    await delay(delayMs, signal);
  }
}

function numberFrom(least: number, name: string, value: number): number {
  if (typeof value === 'number' && value >= least) return value;
  throw wrongArgument(`withRetry: ${name}`, `a number from ${least}`, value);
}
