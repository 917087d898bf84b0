import {
  type MeterProvider,
  metrics,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { createInstruments, type Instruments } from './instruments.ts';

const SCOPE = '@metering/opentelemetry';

/** Where spans and measurements go. */
export interface TelemetryOptions {
  /** Default: the one that is registered with `@opentelemetry/api`. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Default: the one that is registered with `@opentelemetry/api` at the first call. */
  readonly meterProvider?: MeterProvider | undefined;
}

/** The tracer and the instruments of one decorated object. */
export class Telemetry {
  readonly tracer: Tracer;
  readonly #meterProvider: MeterProvider | undefined;
  #instruments: Instruments | undefined;

  constructor({ tracerProvider = trace, meterProvider }: TelemetryOptions) {
    this.tracer = tracerProvider.getTracer(SCOPE);
    this.#meterProvider = meterProvider;
  }

  /** Made at the first call: unlike a tracer, a meter does not change over to a provider that is registered later. */
  get instruments(): Instruments {
    this.#instruments ??= createInstruments((this.#meterProvider ?? metrics).getMeter(SCOPE));
    return this.#instruments;
  }
}
