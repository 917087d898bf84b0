import { createMemoryStorage, type StorageProvider, withRetry } from '@metering/core';
import { context, type Span, trace } from '@opentelemetry/api';
import { beforeAll, describe, expect, it } from 'vitest';
import { instrumentStorage } from '../src/index.ts';
import { FailingStorage } from './support/failing-storage.ts';
import { followContexts, RecordedTelemetry } from './support/recorded-telemetry.ts';
import { collect, rejection } from './support/usage.ts';

beforeAll(followContexts);

async function withKeys(keys: readonly string[]): Promise<StorageProvider> {
  const storage = createMemoryStorage();
  for (const key of keys) await storage.put(key, new Uint8Array());
  return storage;
}

describe('the span of a listing', () => {
  it('begins at the first step, not before', async () => {
    const telemetry = new RecordedTelemetry();
    const storage = instrumentStorage(await withKeys(['a']), telemetry);
    const never = storage.list();
    expect(await collect(storage.list())).toHaveLength(1);
    expect(telemetry.spans).toHaveLength(1);
    expect(never).toBeDefined();
  });

  it('ends where the consumer stops, which is no failure, and stops what it listed', async () => {
    const telemetry = new RecordedTelemetry();
    const inner = await withKeys(['a', 'b', 'c']);
    let stopped = 0;
    const watched: StorageProvider = Object.create(inner, {
      name: { value: 'watched' },
      list: {
        value: async function* () {
          try {
            yield* inner.list();
          } finally {
            stopped += 1;
          }
        },
      },
    });
    const storage = instrumentStorage(watched, telemetry);
    for await (const { key } of storage.list()) if (key === 'b') break;
    const fault = new Error('the consumer fails');
    const consume = async () => {
      for await (const _ of storage.list()) throw fault;
    };
    expect(await rejection(consume())).toBe(fault);
    expect(stopped).toBe(2);
    expect(telemetry.tree).toEqual(['list watched', 'list watched']);
    expect(telemetry.spans.map(({ attributes }) => attributes['metering.items'])).toEqual([2, 1]);
  });

  it('ends with the error of the step that fails', async () => {
    const telemetry = new RecordedTelemetry();
    const failing = new FailingStorage();
    failing.fail('list', 1);
    const storage = instrumentStorage(failing.storage, telemetry);
    expect(await rejection(collect(storage.list()))).toMatchObject({ code: 'UNAVAILABLE' });
    expect(telemetry.tree).toEqual(['list memory !']);
    expect(telemetry.span('list memory').attributes).toMatchObject({
      'error.type': 'UNAVAILABLE',
      'metering.items': 0,
    });
  });

  it('is active in every step, whatever the consumer has active between them', async () => {
    const telemetry = new RecordedTelemetry();
    const inner = await withKeys(['a', 'b', 'c']);
    const active: (Span | undefined)[] = [];
    const watched: StorageProvider = Object.create(inner, {
      name: { value: 'watched' },
      list: {
        value: async function* () {
          for await (const info of inner.list()) {
            active.push(trace.getActiveSpan());
            yield info;
          }
        },
      },
    });
    const steps = instrumentStorage(watched, telemetry).list()[Symbol.asyncIterator]();
    const tracer = telemetry.tracerProvider.getTracer('application');
    for (const name of ['first', 'second', 'third']) {
      const span = tracer.startSpan(name);
      await context.with(trace.setSpan(context.active(), span), () => steps.next());
      span.end();
    }
    await steps.return?.();
    expect(new Set(active).size).toBe(1);
    expect(telemetry.tree).toEqual(['first', '  list watched', 'second', 'third']);
  });

  it('holds one span for each attempt where the retries are around it', async () => {
    const telemetry = new RecordedTelemetry();
    const failing = new FailingStorage();
    failing.fail('list', 2);
    const storage = withRetry(instrumentStorage(failing.storage, telemetry), { baseDelayMs: 0 });
    expect(await collect(storage.list())).toEqual([]);
    expect(telemetry.tree).toEqual(['list memory !', 'list memory !', 'list memory']);
  });
});
