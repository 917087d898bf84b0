import {
  isMeteringError,
  isStorageError,
  type PartialWriteError,
  type WrittenPage,
} from '@metering/core';
import type { MeteringWriter } from '@metering/writer';
import type { Attributes } from '@opentelemetry/api';
import type { Call } from './call.ts';
import { operation } from './operation.ts';
import { overlay } from './overlay.ts';
import { Telemetry, type TelemetryOptions } from './telemetry.ts';
import { traceCall } from './trace-call.ts';

/**
 * The same writer, each write of which is a span and measured: its pages, records and bytes by outcome.
 *
 * @throws TypeError for an option that there is not.
 */
export function instrumentMeteringWriter<Writer extends MeteringWriter>(
  writer: Writer,
  options: TelemetryOptions = {},
): Writer {
  const telemetry = new Telemetry('instrumentMeteringWriter', options);
  return overlay<MeteringWriter, Writer>(writer, {
    write: (data, call) =>
      traceCall(telemetry, operation('write', 'metering', data), () => writer.write(data, call), {
        onResult: ({ pages }, traced) => countPages(pages, data.category, traced),
        onError: (error, traced) => countFailure(error, data.category, traced),
      }),
  });
}

function countPages(pages: readonly WrittenPage[], category: string, call: Call): void {
  const { writtenPages, writtenRecords, writtenBytes } = call.instruments;
  for (const { outcome, records, bytes } of pages) {
    const dimensions: Attributes = { 'metering.outcome': outcome, 'metering.category': category };
    writtenPages.add(1, dimensions);
    writtenRecords.add(records, dimensions);
    writtenBytes.add(bytes, dimensions);
  }
  call.setAttributes({
    'metering.pages': pages.length,
    'metering.unchanged_pages': pages.filter(({ outcome }) => outcome === 'unchanged').length,
    'metering.records': pages.reduce((sum, { records }) => sum + records, 0),
    'metering.bytes': pages.reduce((sum, { bytes }) => sum + bytes, 0),
  });
}

/** Pages that are stored count, whatever became of the set. */
function countFailure(error: unknown, category: string, call: Call): void {
  const partial = isPartialWrite(error) ? error : undefined;
  if (partial !== undefined) {
    countPages(partial.pages, category, call);
    call.setAttributes({ 'metering.failed_key': partial.failedKey });
  }
  if (!isStorageError(partial === undefined ? error : partial.cause, 'ALREADY_EXISTS')) return;
  call.instruments.writeConflicts.add(1, {
    'metering.target': 'metering',
    'metering.category': category,
  });
}

function isPartialWrite(error: unknown): error is PartialWriteError {
  return isMeteringError(error) && error.code === 'PARTIAL_WRITE';
}
