import { type Observers, type StorageProvider, withRetry } from '@metering/core';

const MAX_FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 60_000;

export interface PatientStorageOptions extends Observers {
  /** How often it is looked for something new. */
  readonly pollMs: number;
}

/** The same storage, but a call that fails in a way that may pass is made again until it succeeds. */
export function patientStorage(
  storage: StorageProvider,
  { pollMs, logger, onEvent }: PatientStorageOptions,
): StorageProvider {
  return withRetry(storage, {
    attempts: Number.POSITIVE_INFINITY,
    baseDelayMs: Math.min(Math.max(pollMs, 1), MAX_FIRST_DELAY_MS),
    maxDelayMs: MAX_DELAY_MS,
    logger,
    onEvent,
  });
}
