import { checkOptionNames, type OptionNames } from '@metering/core/building-blocks';
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

const OPTIONS: OptionNames<TelemetryOptions> = { tracerProvider: true, meterProvider: true };

/** The tracer and the instruments of one decorated object. */
export class Telemetry {
  readonly tracer: Tracer;
  readonly #meterProvider: MeterProvider | undefined;
  #instruments: Instruments | undefined;

  /** @throws TypeError, whose message begins with `caller`, for an option that there is not. */
  constructor(caller: string, options: TelemetryOptions) {
    checkOptionNames(caller, options, OPTIONS);
    const { tracerProvider = trace, meterProvider } = options;
    this.tracer = tracerProvider.getTracer(SCOPE);
    this.#meterProvider = meterProvider;
  }

  /** Made at the first call: unlike a tracer, a meter does not change over to a provider that is registered later. */
  get instruments(): Instruments {
    this.#instruments ??= createInstruments((this.#meterProvider ?? metrics).getMeter(SCOPE));
    return this.#instruments;
  }
}
