import { createMemoryStorage, exists, withPrefix } from '@metering/core';
import { SpanKind, trace } from '@opentelemetry/api';
import { beforeAll, describe, expect, it } from 'vitest';
import { instrumentStorage } from '../src/index.ts';
import { followContexts, RecordedTelemetry } from './support/recorded-telemetry.ts';
import { collect, rejection } from './support/usage.ts';

beforeAll(followContexts);

function setUp() {
  const telemetry = new RecordedTelemetry();
  const inner = createMemoryStorage();
  return { telemetry, inner, storage: instrumentStorage(inner, telemetry) };
}

const DURATION = 'metering.storage.operation.duration';

describe('instrumentStorage', () => {
  it('makes a span of each call, with what it was about', async () => {
    const { telemetry, storage } = setUp();
    await storage.put('a/k', new Uint8Array(3), { mode: 'create' });
    expect(await storage.get('a/k')).toEqual(new Uint8Array(3));
    await storage.head('a/k');
    expect(await collect(storage.list({ prefix: 'a/' }))).toHaveLength(1);
    await storage.delete('a/k');
    const dimensions = (operation: string) => ({
      'metering.storage.name': 'memory',
      'metering.storage.operation': operation,
    });
    const about = { 'metering.key': 'a/k' };
    expect(telemetry.spans.map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        'put memory',
        {
          ...dimensions('put'),
          ...about,
          'metering.storage.mode': 'create',
          'metering.storage.bytes': 3,
        },
      ],
      ['get memory', { ...dimensions('get'), ...about, 'metering.storage.bytes': 3 }],
      ['head memory', { ...dimensions('head'), ...about }],
      [
        'list memory',
        { ...dimensions('list'), 'metering.storage.prefix': 'a/', 'metering.items': 1 },
      ],
      ['delete memory', { ...dimensions('delete'), ...about }],
    ]);
    expect(new Set(telemetry.spans.map(({ kind }) => kind))).toEqual(new Set([SpanKind.CLIENT]));
  });

  it('measures the time of each call and the bytes of those that succeed', async () => {
    const { telemetry, storage } = setUp();
    await storage.put('k', new Uint8Array(5));
    await storage.put('k', new Uint8Array(2));
    await rejection(storage.put('k', new Uint8Array(9), { mode: 'create' }));
    await storage.get('k');
    expect(await exists(storage, 'none')).toBe(false);
    const count = (operation: string, more = {}) => ({
      attributes: {
        'metering.storage.name': 'memory',
        'metering.storage.operation': operation,
        ...more,
      },
    });
    const durations = await telemetry.points(DURATION);
    expect(durations).toMatchObject([
      { ...count('put'), value: { count: 2 } },
      { ...count('put', { 'error.type': 'ALREADY_EXISTS' }), value: { count: 1 } },
      { ...count('get'), value: { count: 1 } },
      { ...count('head', { 'error.type': 'NOT_FOUND' }), value: { count: 1 } },
    ]);
    expect(await telemetry.points('metering.storage.io')).toEqual([
      { ...count('put'), value: 7 },
      { ...count('get'), value: 2 },
    ]);
  });

  it('records the error of a call that fails, and throws that very error', async () => {
    const { telemetry, storage, inner } = setUp();
    const error = await rejection(storage.get('none'));
    expect(error).toMatchObject({ code: 'NOT_FOUND', key: 'none' });
    const span = telemetry.span('get memory');
    expect(telemetry.tree).toEqual(['get memory !']);
    expect(span.attributes).toMatchObject({ 'error.type': 'NOT_FOUND' });
    expect(span.status.message).toBe((error as Error).message);
    expect(span.events).toMatchObject([
      { name: 'exception', attributes: { 'exception.type': 'NOT_FOUND' } },
    ]);
    const reason = new Error('no more');
    const signal = AbortSignal.abort(reason);
    expect(await rejection(storage.get('k', { signal }))).toBe(reason);
    expect(await rejection(storage.get('k', { signal: AbortSignal.abort('bye') }))).toBe('bye');
    expect(telemetry.spans.map(({ attributes }) => attributes['error.type'])).toEqual([
      'NOT_FOUND',
      'Error',
      '_OTHER',
    ]);
    await inner.close();
    expect(await rejection(storage.get('k'))).toBeInstanceOf(TypeError);
  });

  it('is the storage in every other respect', async () => {
    const { inner, storage } = setUp();
    expect(storage.name).toBe('memory');
    expect(storage.capabilities).toBe(inner.capabilities);
    await withPrefix(storage, 'p').put('k', new Uint8Array([1]));
    expect(await inner.get('p/k')).toEqual(new Uint8Array([1]));
    await storage[Symbol.asyncDispose]();
    expect(await rejection(inner.get('p/k'))).toBeInstanceOf(TypeError);
  });

  it('leaves the decorated object as it was, with calls that it does not know', async () => {
    class Counted {
      #calls = 0;
      static create = () => Object.assign(createMemoryStorage(), { counted: new Counted() });
      count(): number {
        this.#calls += 1;
        return this.#calls;
      }
    }
    const inner = Counted.create();
    const storage = instrumentStorage(inner, new RecordedTelemetry());
    expect([storage.counted.count(), inner.counted.count()]).toEqual([1, 2]);
    expect('counted' in storage && !('other' in storage)).toBe(true);
  });

  it('takes a frozen object, too', async () => {
    const telemetry = new RecordedTelemetry();
    const inner = createMemoryStorage();
    const put = inner.put.bind(inner);
    const storage = instrumentStorage(Object.freeze(Object.assign(inner, { put })), telemetry);
    await storage.put('k', new Uint8Array());
    expect(telemetry.tree).toEqual(['put memory']);
  });

  it('nests in the span that is active, and lets none leak into what comes after', async () => {
    const { telemetry, storage } = setUp();
    const tracer = telemetry.tracerProvider.getTracer('application');
    await tracer.startActiveSpan('request', async (span) => {
      await storage.put('k', new Uint8Array());
      expect(trace.getActiveSpan()).toBe(span);
      for await (const _ of storage.list()) expect(trace.getActiveSpan()).toBe(span);
      span.end();
    });
    await storage.delete('k');
    expect(telemetry.tree).toEqual(['request', '  put memory', '  list memory', 'delete memory']);
  });
});
