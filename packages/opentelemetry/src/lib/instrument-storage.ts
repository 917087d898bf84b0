import type { PutOptions, StorageOperation, StorageProvider } from '@metering/core';
import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { Call, CallDescription } from './call.ts';
import { overlay } from './overlay.ts';
import { Telemetry, type TelemetryOptions } from './telemetry.ts';
import { traceCall } from './trace-call.ts';
import { traceSteps } from './trace-steps.ts';

/**
 * The same storage, each call of which is a span and a measurement. Put it around the storage as it is
 * opened: the retries within are then part of their call. Tell those by `createEventRecorder`.
 *
 * @throws TypeError for an option that there is not.
 */
export function instrumentStorage<Storage extends StorageProvider>(
  storage: Storage,
  options: TelemetryOptions = {},
): Storage {
  const telemetry = new Telemetry('instrumentStorage', options);
  const describe = (operation: StorageOperation, attributes: Attributes): CallDescription => ({
    name: `${operation} ${storage.name}`,
    kind: SpanKind.CLIENT,
    duration: 'storageDuration',
    dimensions: storageDimensions(storage.name, operation),
    attributes,
  });
  const about = (operation: StorageOperation, key: string) =>
    describe(operation, { 'metering.key': key });
  const countBytes = (operation: StorageOperation, bytes: number, call: Call) => {
    call.setAttributes({ 'metering.storage.bytes': bytes });
    call.instruments.storageBytes.add(bytes, storageDimensions(storage.name, operation));
  };

  return overlay<StorageProvider, Storage>(storage, {
    put: (key, body, call) =>
      traceCall(
        telemetry,
        describe('put', putAttributes(key, call)),
        () => storage.put(key, body, call),
        {
          onResult: (_, traced) => countBytes('put', body.byteLength, traced),
        },
      ),
    get: (key, call) =>
      traceCall(telemetry, about('get', key), () => storage.get(key, call), {
        onResult: (body, traced) => countBytes('get', body.byteLength, traced),
      }),
    head: (key, call) => traceCall(telemetry, about('head', key), () => storage.head(key, call)),
    delete: (key, call) =>
      traceCall(telemetry, about('delete', key), () => storage.delete(key, call)),
    list: (query = {}, call) =>
      traceSteps(
        telemetry,
        describe('list', { 'metering.storage.prefix': query.prefix ?? '' }),
        () => storage.list(query, call),
      ),
  });
}

/** What measurements of a storage are told apart by. */
export function storageDimensions(name: string, operation: StorageOperation): Attributes {
  return { 'metering.storage.name': name, 'metering.storage.operation': operation };
}

function putAttributes(key: string, options: PutOptions | undefined): Attributes {
  return { 'metering.key': key, 'metering.storage.mode': options?.mode ?? 'overwrite' };
}
