import { createMemoryStorage, type MeteringEvent, withRetry } from '@metering/core';
import { createMetaReader } from '@metering/reader';
import { createMetaWriter } from '@metering/writer';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEventRecorder, instrumentMetaReader, instrumentStorage } from '../src/index.ts';
import { FailingStorage } from './support/failing-storage.ts';
import { followContexts, RecordedTelemetry } from './support/recorded-telemetry.ts';

beforeAll(followContexts);

describe('createEventRecorder', () => {
  it('counts retries, and shows each in the span of its call', async () => {
    const telemetry = new RecordedTelemetry();
    const failing = new FailingStorage();
    const policy = { baseDelayMs: 0, onEvent: createEventRecorder(telemetry) };
    const storage = instrumentStorage(withRetry(failing.storage, policy), telemetry);
    failing.fail('put', 2);
    await storage.put('k', new Uint8Array());
    failing.fail('get', 1);
    await storage.get('k');
    const dimensions = (operation: string) => ({
      'metering.storage.name': 'memory',
      'metering.storage.operation': operation,
      'error.type': 'UNAVAILABLE',
    });
    expect(await telemetry.points('metering.storage.retries')).toEqual([
      { attributes: dimensions('put'), value: 2 },
      { attributes: dimensions('get'), value: 1 },
    ]);
    expect(telemetry.tree).toEqual(['put memory', 'get memory']);
    const { events } = telemetry.span('put memory');
    expect(events.map(({ name, attributes }) => [name, attributes])).toEqual(
      [1, 2].map((attempt) => [
        'metering.retry',
        {
          ...dimensions('put'),
          'exception.message': 'memory put "k": made to fail',
          'metering.retry.attempt': attempt,
          'metering.retry.delay_ms': 0,
        },
      ]),
    );
  });

  it("counts the metadata cache's hits and misses, and shows each in the span of its read", async () => {
    const telemetry = new RecordedTelemetry();
    const storage = createMemoryStorage();
    const subject = { clusterId: 'c1', type: 'logic' } as const;
    const { key } = await createMetaWriter({ storage }).write({
      ...subject,
      modifyTs: 1,
      metadata: {},
    });
    const onEvent = createEventRecorder(telemetry);
    const reader = instrumentMetaReader(createMetaReader({ storage, onEvent }), telemetry);
    for (let time = 0; time < 3; time++) await reader.read(subject);
    expect(await telemetry.points('metering.cache.lookups')).toEqual([
      { attributes: { 'metering.cache.outcome': 'miss' }, value: 1 },
      { attributes: { 'metering.cache.outcome': 'hit' }, value: 2 },
    ]);
    expect(telemetry.spans.flatMap(({ events }) => events)).toMatchObject(
      ['miss', 'hit', 'hit'].map((outcome) => ({
        name: 'metering.cache',
        attributes: { 'metering.cache.outcome': outcome, 'metering.key': key },
      })),
    );
  });

  it('does without a span, and leaves alone what it does not know', async () => {
    const telemetry = new RecordedTelemetry();
    const onEvent = createEventRecorder(telemetry);
    onEvent({ type: 'cache', outcome: 'hit', key: 'k' });
    onEvent({ type: 'of a later version' } as unknown as MeteringEvent);
    expect(await telemetry.points('metering.cache.lookups')).toHaveLength(1);
    expect(telemetry.spans).toEqual([]);
  });
});
