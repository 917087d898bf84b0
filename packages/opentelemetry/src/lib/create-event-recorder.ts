import {
  type CacheEvent,
  isStorageError,
  type MeteringEvent,
  type RetryEvent,
} from '@metering/core';
import { trace } from '@opentelemetry/api';
import { ERROR_TYPE, errorType } from './error-type.ts';
import { storageDimensions } from './instrument-storage.ts';
import { Telemetry, type TelemetryOptions } from './telemetry.ts';

/**
 * Makes an `onEvent` for storages and readers of metadata: retries and the cache's hits and misses are
 * counted, and become events of the span that is active, which is that of the call if it is instrumented.
 *
 * @throws TypeError for an option that there is not.
 */
export function createEventRecorder(
  options: TelemetryOptions = {},
): (event: MeteringEvent) => void {
  const telemetry = new Telemetry('createEventRecorder', options);
  return (event) => {
    if (event.type === 'retry') recordRetry(event, telemetry);
    else if (event.type === 'cache') recordLookup(event, telemetry);
  };
}

function recordRetry({ error, attempt, delayMs }: RetryEvent, { instruments }: Telemetry): void {
  const call = isStorageError(error) ? storageDimensions(error.provider, error.operation) : {};
  const dimensions = { ...call, [ERROR_TYPE]: errorType(error) };
  instruments.storageRetries.add(1, dimensions);
  trace.getActiveSpan()?.addEvent('metering.retry', {
    ...dimensions,
    'exception.message': error.message,
    'metering.retry.attempt': attempt,
    'metering.retry.delay_ms': delayMs,
  });
}

function recordLookup({ outcome, key }: CacheEvent, { instruments }: Telemetry): void {
  instruments.cacheLookups.add(1, { 'metering.cache.outcome': outcome });
  trace.getActiveSpan()?.addEvent('metering.cache', {
    'metering.cache.outcome': outcome,
    'metering.key': key,
  });
}
