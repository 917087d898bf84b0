import type { Counter, Histogram, Meter } from '@opentelemetry/api';

/** In seconds: the bounds that OpenTelemetry advises for clients of databases, and two for long ranges. */
const DURATION_BOUNDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300];

/** All that is measured. `docs/observability.md` says what each means. */
export interface Instruments {
  readonly operationDuration: Histogram;
  readonly writtenPages: Counter;
  readonly writtenRecords: Counter;
  readonly writtenBytes: Counter;
  readonly writeConflicts: Counter;
  readonly readFailures: Counter;
  readonly cacheLookups: Counter;
  readonly storageDuration: Histogram;
  readonly storageBytes: Counter;
  readonly storageRetries: Counter;
}

export function createInstruments(meter: Meter): Instruments {
  const duration = (name: string, description: string) =>
    meter.createHistogram(name, {
      unit: 's',
      description,
      advice: { explicitBucketBoundaries: DURATION_BOUNDS },
    });
  const counter = (name: string, unit: string, description: string) =>
    meter.createCounter(name, { unit, description });
  return {
    operationDuration: duration('metering.operation.duration', 'Calls of writers and readers'),
    writtenPages: counter('metering.write.pages', '{page}', 'Pages that writes left stored'),
    writtenRecords: counter('metering.write.records', '{record}', 'Records of those pages'),
    writtenBytes: counter('metering.write.bytes', 'By', 'Compressed size of those pages'),
    writeConflicts: counter('metering.write.conflicts', '{conflict}', 'Writes that met other data'),
    readFailures: counter('metering.read.failures', '{page}', 'Pages of many that failed'),
    cacheLookups: counter('metering.cache.lookups', '{lookup}', 'Metadata looked for in the cache'),
    storageDuration: duration('metering.storage.operation.duration', 'Calls of the storage'),
    storageBytes: counter('metering.storage.io', 'By', 'Bytes of objects put and got'),
    storageRetries: counter('metering.storage.retries', '{retry}', 'Calls made again'),
  };
}
