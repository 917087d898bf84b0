import type { MeteringReader, ReadResult } from '@metering/reader';
import type { Call } from './call.ts';
import { ERROR_TYPE, errorType } from './error-type.ts';
import { operation } from './operation.ts';
import { overlay } from './overlay.ts';
import { Telemetry, type TelemetryOptions } from './telemetry.ts';
import { traceCall } from './trace-call.ts';
import { traceSteps } from './trace-steps.ts';

/**
 * The same reader, each call of which is a span and measured. `follow` is not: a span that lasts for days
 * shows nothing until it ends.
 *
 * @throws TypeError for an option that there is not.
 */
export function instrumentMeteringReader<Reader extends MeteringReader>(
  reader: Reader,
  options: TelemetryOptions = {},
): Reader {
  const telemetry = new Telemetry('instrumentMeteringReader', options);
  const describe = (name: string, subject: unknown) => operation(name, 'metering', subject);
  return overlay<MeteringReader, Reader>(reader, {
    list: (query, call) =>
      traceSteps(telemetry, describe('list', query), () => reader.list(query, call)),
    categories: (timestamp, call) =>
      traceCall(telemetry, describe('categories', { timestamp }), () =>
        reader.categories(timestamp, call),
      ),
    read: (page, call) =>
      traceCall(telemetry, describe('read', typeof page === 'string' ? { key: page } : page), () =>
        reader.read(page, call),
      ),
    readMany: (pages, call) =>
      traceSteps(
        telemetry,
        describe('readMany', undefined),
        () => reader.readMany(pages, call),
        countFailure,
      ),
    scan: (range, call) =>
      traceSteps(telemetry, describe('scan', range), () => reader.scan(range, call)),
    records: (range, call) =>
      traceSteps(telemetry, describe('records', range), () => reader.records(range, call)),
    totals: (range, call) =>
      traceCall(telemetry, describe('totals', range), () => reader.totals(range, call), {
        onResult: ({ pages, records }, traced) =>
          traced.setAttributes({ 'metering.pages': pages, 'metering.records': records }),
      }),
    sets: (range, call) =>
      traceSteps(telemetry, describe('sets', range), () => reader.sets(range, call)),
    gaps: (range, call) =>
      traceSteps(telemetry, describe('gaps', range), () => reader.gaps(range, call)),
  });
}

function countFailure(result: ReadResult, call: Call): void {
  if (result.ok) return;
  call.instruments.readFailures.add(1, { [ERROR_TYPE]: errorType(result.error) });
}
