import { wrongArgument } from './describe-value.ts';
import type { MeteringError } from './errors/metering-error.ts';
import type { Logger } from './logger.ts';

/** A call to a store failed in a way that may pass, and is made again. */
export interface RetryEvent {
  readonly type: 'retry';
  /** Why it failed. A `StorageError`, but from a store of another making: it names the store, the call and the key. */
  readonly error: MeteringError;
  /** How often the call was made so far. */
  readonly attempt: number;
  /** The wait before the call is made again. */
  readonly delayMs: number;
}

/** Metadata was looked for in a cache. */
export interface CacheEvent {
  readonly type: 'cache';
  readonly outcome: 'hit' | 'miss';
  /** Of the file. */
  readonly key: string;
}

/** What happens inside a call and does not show in its result. More types may come. */
export type MeteringEvent = RetryEvent | CacheEvent;

/** Who is told what happens. Default: nobody. */
export interface Observers {
  /** pino's, `console`, or anything like them. */
  readonly logger?: Logger | undefined;
  /** Called at once, within the call that it is about, which fails with what it throws. */
  readonly onEvent?: ((event: MeteringEvent) => void) | undefined;
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** @throws TypeError, whose message begins with `caller`, for what cannot be told anything. */
export function checkObservers(caller: string, { logger, onEvent }: Observers): void {
  if (logger !== undefined && !LEVELS.every((level) => typeof logger?.[level] === 'function')) {
    throw wrongArgument(`${caller}: logger`, 'a Logger', logger);
  }
  checkFunction(`${caller}: onEvent`, onEvent);
}

/** @throws TypeError when there is a value and it is no function. */
export function checkFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return;
  throw wrongArgument(name, 'a function', value);
}

/** Tells of a call that is made again. For providers whose client retries by itself; `withRetry` does it. */
export function reportRetry(
  { logger, onEvent }: Observers,
  { error, attempt, delayMs }: Omit<RetryEvent, 'type'>,
): void {
  logger?.warn({ err: error, attempt, delayMs }, 'A call to the storage failed and is made again');
  onEvent?.({ type: 'retry', error, attempt, delayMs });
}
