import { context, SpanStatusCode } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  type ReadableSpan,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** Gives what was measured when it is asked. */
class AskedReader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

/** Keeps spans in the order in which they began. */
class SpanKeeper implements SpanProcessor {
  readonly #begun: ReadableSpan[] = [];

  get ended(): readonly ReadableSpan[] {
    return this.#begun.filter((span) => span.ended);
  }

  onStart(span: ReadableSpan): void {
    this.#begun.push(span);
  }

  onEnd(): void {}
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

/** Something measured, with the attributes that tell it from others of its name. */
interface Point {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

/** Spans and measurements of OpenTelemetry's SDK, kept in memory. */
export class RecordedTelemetry {
  readonly #spans = new SpanKeeper();
  readonly #reader = new AskedReader();
  readonly tracerProvider = new BasicTracerProvider({ spanProcessors: [this.#spans] });
  readonly meterProvider = new MeterProvider({ readers: [this.#reader] });

  /** Those that ended, in the order in which they began. */
  get spans(): readonly ReadableSpan[] {
    return this.#spans.ended;
  }

  /** The span of a name; there must be one. */
  span(name: string): ReadableSpan {
    const [span, ...others] = this.spans.filter((other) => other.name === name);
    if (span !== undefined && others.length === 0) return span;
    throw new Error(`${others.length + (span ? 1 : 0)} spans are called ${name}: ${this.tree}`);
  }

  /** The names of all spans, each below its parent; those of failed calls with a `!`. */
  get tree(): string[] {
    return this.#branch(undefined, '');
  }

  /** All that was measured under a name. */
  async points(name: string): Promise<Point[]> {
    const { resourceMetrics } = await this.#reader.collect();
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return metrics
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) =>
        dataPoints.map(({ attributes, value }) => ({ attributes, value })),
      );
  }

  #branch(parent: string | undefined, indent: string): string[] {
    return this.spans
      .filter((span) => span.parentSpanContext?.spanId === parent)
      .flatMap((span) => [
        `${indent}${span.name}${span.status.code === SpanStatusCode.ERROR ? ' !' : ''}`,
        ...this.#branch(span.spanContext().spanId, `${indent}  `),
      ]);
  }
}

/** Lets contexts follow asynchronous calls, as an application's SDK does. */
export function followContexts(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
}
