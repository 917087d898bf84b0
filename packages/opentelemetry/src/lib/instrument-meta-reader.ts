import type { MetaReader } from '@metering/reader';
import { operation } from './operation.ts';
import { overlay } from './overlay.ts';
import { Telemetry, type TelemetryOptions } from './telemetry.ts';
import { traceCall } from './trace-call.ts';
import { traceSteps } from './trace-steps.ts';

/**
 * The same reader of metadata, each call of which is a span and measured.
 *
 * @throws TypeError for an option that there is not.
 */
export function instrumentMetaReader<Reader extends MetaReader>(
  reader: Reader,
  options: TelemetryOptions = {},
): Reader {
  const telemetry = new Telemetry('instrumentMetaReader', options);
  const describe = (name: string, subject: unknown) => operation(name, 'metadata', subject);
  return overlay<MetaReader, Reader>(reader, {
    read: (query, call) =>
      traceCall(telemetry, describe('read', query), () => reader.read(query, call), {
        onResult: (found, traced) => {
          if (found !== undefined) traced.setAttributes({ 'metering.key': found.key });
        },
      }),
    readFile: (key, call) =>
      traceCall(telemetry, describe('readFile', { key }), () => reader.readFile(key, call)),
    versions: (query, call) =>
      traceSteps(telemetry, describe('versions', query), () => reader.versions(query, call)),
  });
}
