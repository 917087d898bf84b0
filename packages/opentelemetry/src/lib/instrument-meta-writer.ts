import { isStorageError } from '@metering/core';
import type { MetaWriter } from '@metering/writer';
import { operation } from './operation.ts';
import { overlay } from './overlay.ts';
import { Telemetry, type TelemetryOptions } from './telemetry.ts';
import { traceCall } from './trace-call.ts';

/**
 * The same writer of metadata, each write of which is a span and measured.
 *
 * @throws TypeError for an option that there is not.
 */
export function instrumentMetaWriter<Writer extends MetaWriter>(
  writer: Writer,
  options: TelemetryOptions = {},
): Writer {
  const telemetry = new Telemetry('instrumentMetaWriter', options);
  return overlay<MetaWriter, Writer>(writer, {
    write: (data, call) =>
      traceCall(telemetry, operation('write', 'metadata', data), () => writer.write(data, call), {
        onResult: ({ key, outcome }, traced) =>
          traced.setAttributes({ 'metering.key': key, 'metering.outcome': outcome }),
        onError: (error, traced) => {
          if (!isStorageError(error, 'ALREADY_EXISTS')) return;
          traced.instruments.writeConflicts.add(1, { 'metering.target': 'metadata' });
        },
      }),
  });
}
