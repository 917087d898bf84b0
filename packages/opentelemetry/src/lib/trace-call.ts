import { diag } from '@opentelemetry/api';
import { Call, type CallDescription } from './call.ts';
import type { Telemetry } from './telemetry.ts';

/** What else a call tells, of what came of it. */
export interface CallWatcher<Result> {
  readonly onResult?: ((result: Result, call: Call) => void) | undefined;
  readonly onError?: ((error: unknown, call: Call) => void) | undefined;
}

/** Makes a call within a span. The call settles as it would without: what watches it cannot fail it. */
export async function traceCall<Result>(
  telemetry: Telemetry,
  description: CallDescription,
  make: () => Promise<Result>,
  { onResult, onError }: CallWatcher<Result> = {},
): Promise<Result> {
  const call = new Call(telemetry, description);
  try {
    const result = await call.run(make);
    watch(() => onResult?.(result, call));
    return result;
  } catch (error) {
    call.fail(error);
    watch(() => onError?.(error, call));
    throw error;
  } finally {
    call.end();
  }
}

/** Tells OpenTelemetry of a failure to tell. */
function watch(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    diag.error('@metering/opentelemetry: a call could not be told in full', error);
  }
}
