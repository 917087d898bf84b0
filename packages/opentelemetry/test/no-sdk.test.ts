import { createMemoryStorage, withRetry } from '@metering/core';
import { createMetaReader, createMeteringReader } from '@metering/reader';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import { metrics, trace } from '@opentelemetry/api';
import { afterEach, expect, it } from 'vitest';
import {
  createEventRecorder,
  instrumentMetaReader,
  instrumentMetaWriter,
  instrumentMeteringReader,
  instrumentMeteringWriter,
  instrumentStorage,
} from '../src/index.ts';
import { FailingStorage } from './support/failing-storage.ts';
import { RecordedTelemetry } from './support/recorded-telemetry.ts';
import { collect, record, TIMESTAMP, usage } from './support/usage.ts';

afterEach(() => {
  trace.disable();
  metrics.disable();
});

it('works as ever where no SDK is registered', async () => {
  const failing = new FailingStorage();
  failing.fail('put', 1);
  const policy = { baseDelayMs: 0, onEvent: createEventRecorder() };
  const storage = instrumentStorage(withRetry(failing.storage, policy));
  const writer = instrumentMeteringWriter(createMeteringWriter({ storage }));
  await writer.write(usage(record('a', 2n ** 64n - 1n)));
  const reader = instrumentMeteringReader(createMeteringReader({ storage }));
  const [page] = await collect(reader.list({ timestamp: TIMESTAMP }));
  expect((await reader.read(page!)).data).toEqual([record('a', 2n ** 64n - 1n)]);
  const subject = { clusterId: 'c1', type: 'logic' } as const;
  const metaWriter = instrumentMetaWriter(createMetaWriter({ storage }));
  await metaWriter.write({ ...subject, modifyTs: 1, metadata: { plan: 'a' } });
  const metaReader = instrumentMetaReader(createMetaReader({ storage }));
  expect((await metaReader.read(subject))?.metadata).toEqual({ plan: 'a' });
});

it('tells an SDK that is registered after the decorating, before the first call', async () => {
  const telemetry = new RecordedTelemetry();
  const storage = instrumentStorage(createMemoryStorage());
  trace.setGlobalTracerProvider(telemetry.tracerProvider);
  metrics.setGlobalMeterProvider(telemetry.meterProvider);
  await storage.put('k', new Uint8Array(3));
  expect(telemetry.tree).toEqual(['put memory']);
  expect(await telemetry.points('metering.storage.io')).toMatchObject([{ value: 3 }]);
});
