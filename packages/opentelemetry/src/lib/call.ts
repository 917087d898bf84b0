import { messageOf } from '@metering/core/building-blocks';
import {
  type Attributes,
  type Context,
  context,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { ERROR_TYPE, errorType } from './error-type.ts';
import type { Instruments } from './instruments.ts';
import type { Telemetry } from './telemetry.ts';

export interface CallDescription {
  /** Of the span; of which there are few. */
  readonly name: string;
  readonly kind: SpanKind;
  /** What its time is added to. */
  readonly duration: 'operationDuration' | 'storageDuration';
  /** Of the span and the measurements; of which there are few. */
  readonly dimensions: Attributes;
  /** Of the span alone. */
  readonly attributes: Attributes;
}

/** One call under way: its span, the context in which all that it does nests, and its time. */
export class Call {
  readonly #telemetry: Telemetry;
  readonly #description: CallDescription;
  readonly #span: Span;
  readonly #context: Context;
  readonly #startedAt = performance.now();
  #outcome: Attributes = {};

  constructor(telemetry: Telemetry, description: CallDescription) {
    const { name, kind, dimensions, attributes } = description;
    this.#telemetry = telemetry;
    this.#description = description;
    this.#span = telemetry.tracer.startSpan(name, {
      kind,
      attributes: { ...attributes, ...dimensions },
    });
    this.#context = trace.setSpan(context.active(), this.#span);
  }

  get instruments(): Instruments {
    return this.#telemetry.instruments;
  }

  /** Runs a part of the call: spans that begin in it are children of the call's. */
  run<T>(part: () => T): T {
    return context.with(this.#context, part);
  }

  setAttributes(attributes: Attributes): void {
    this.#span.setAttributes(attributes);
  }

  fail(error: unknown): void {
    this.#outcome = { [ERROR_TYPE]: errorType(error) };
    const message = messageOf(error);
    this.#span.setAttributes(this.#outcome);
    this.#span.recordException(error instanceof Error ? error : message);
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message });
  }

  end(): void {
    const { duration, dimensions } = this.#description;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    this.instruments[duration].record(seconds, { ...dimensions, ...this.#outcome }, this.#context);
    this.#span.end();
  }
}
