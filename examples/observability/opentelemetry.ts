/** Shows a write, its retry and reads as an OpenTelemetry exporter sends them: spans, and what was counted. */
import { configFromEnv, openStorage } from '@metering/config';
import {
  createEventRecorder,
  instrumentMetaReader,
  instrumentMetaWriter,
  instrumentMeteringReader,
  instrumentMeteringWriter,
  instrumentStorage,
} from '@metering/opentelemetry';
import { createMetaReader, createMeteringReader } from '@metering/reader';
import { localFsDriver } from '@metering/storage-localfs';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';

// Exporters that print. An application has those of its backend, such as @opentelemetry/exporter-trace-otlp-http.
const spanPrinter: SpanExporter = {
  export(spans, done) {
    printTree(spans);
    done({ code: 0 });
  },
  shutdown: async () => {},
};
const counterPrinter: PushMetricExporter = {
  export({ scopeMetrics }, done) {
    for (const { descriptor, dataPoints } of scopeMetrics.flatMap(({ metrics }) => metrics)) {
      if (descriptor.unit === 's' || descriptor.unit === 'By') continue; // They differ from run to run.
      for (const { attributes, value } of dataPoints) {
        console.log(descriptor.name, ...Object.values(attributes), value);
      }
    }
    done({ code: 0 });
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};

// What @opentelemetry/sdk-node sets up by itself. It comes first, before anything is measured.
const spanProcessors = [new BatchSpanProcessor(spanPrinter)];
const tracerProvider = new BasicTracerProvider({ spanProcessors });
const readers = [new PeriodicExportingMetricReader({ exporter: counterPrinter })];
const meterProvider = new MeterProvider({ readers });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(tracerProvider);
metrics.setGlobalMeterProvider(meterProvider);

const onEvent = createEventRecorder();
const storage = instrumentStorage(
  await openStorage(await configFromEnv(), [localFsDriver], { onEvent }),
);
const writer = instrumentMeteringWriter(createMeteringWriter({ storage }));
const reader = instrumentMeteringReader(createMeteringReader({ storage }));
const metaWriter = instrumentMetaWriter(createMetaWriter({ storage }));
const metaReader = instrumentMetaReader(createMetaReader({ storage, onEvent }));

const usage = {
  timestamp: 1_755_850_380,
  category: 'tidb-server',
  selfId: 'tidb01',
  data: [{ logical_cluster_id: 'lc-1', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } }],
};
await writer.write(usage);
await writer.write(usage); // The same again: what a retry does.
const { rows } = await reader.totals({ from: usage.timestamp, to: usage.timestamp + 60 });
console.log(rows[0]?.value); // Amounts are in no span and no metric: these hold no integer beyond 2^53.

const subject = { clusterId: 'lc-1', type: 'logic' } as const;
const meta = { ...subject, modifyTs: usage.timestamp, metadata: { plan: 'standard' } };
await metaWriter.write(meta);
await metaReader.read(subject);
await metaReader.read(subject);

await tracerProvider.shutdown();
await meterProvider.shutdown();

function printTree(spans: readonly ReadableSpan[], parent?: string, indent = ''): void {
  for (const span of spans.filter(
    ({ parentSpanContext }) => parentSpanContext?.spanId === parent,
  )) {
    const events = span.events.map(({ name }) => `(${name})`);
    console.log(`${indent}${span.name}`, span.attributes['error.type'] ?? 'ok', ...events);
    printTree(spans, span.spanContext().spanId, `${indent}  `);
  }
}

// Prints:
// 18446744073709551615n
// write metering ok
//   put localfs ok
// write metering ok
//   put localfs ALREADY_EXISTS (exception)
//   get localfs ok
// totals metering ok
//   list localfs ok
//   get localfs ok
// write metadata ok
//   put localfs ok
// read metadata ok (metering.cache)
//   list localfs ok
//   get localfs ok
// read metadata ok (metering.cache)
//   list localfs ok
// metering.write.pages created tidb-server 1
// metering.write.pages unchanged tidb-server 1
// metering.write.records created tidb-server 1
// metering.write.records unchanged tidb-server 1
// metering.cache.lookups miss 1
// metering.cache.lookups hit 1
