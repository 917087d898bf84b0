import { createMemoryStorage } from '@metering/core';
import { createMetaReader, createMeteringReader } from '@metering/reader';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import { beforeAll, describe, expect, it } from 'vitest';
import { instrumentMetaReader, instrumentMeteringReader, instrumentStorage } from '../src/index.ts';
import { followContexts, RecordedTelemetry } from './support/recorded-telemetry.ts';
import { collect, pageKey, record, rejection, TIMESTAMP, usage } from './support/usage.ts';

beforeAll(followContexts);

/** Two pages of a minute, and an instrumented reader of them. */
async function setUp() {
  const telemetry = new RecordedTelemetry();
  const inner = createMemoryStorage();
  const writer = createMeteringWriter({ storage: inner, pageSizeBytes: 1 });
  await writer.write(usage(record('a', 2n ** 64n - 1n), record('b')));
  const storage = instrumentStorage(inner, telemetry);
  const reader = instrumentMeteringReader(createMeteringReader({ storage }), telemetry);
  return { telemetry, inner, reader };
}

describe('instrumentMeteringReader', () => {
  it('shows each call as a tree of what it did', async () => {
    const { telemetry, reader } = await setUp();
    const query = { timestamp: TIMESTAMP, category: 'api' };
    const pages = await collect(reader.list(query));
    expect(await reader.categories(TIMESTAMP)).toEqual(['api']);
    const { data } = await reader.read(pages[0]!);
    expect(data).toEqual([record('a', 2n ** 64n - 1n)]);
    expect(await collect(reader.readMany(pages))).toHaveLength(2);
    expect(telemetry.tree).toEqual([
      'list metering',
      '  list memory',
      'categories metering',
      '  list memory',
      'read metering',
      '  get memory',
      'readMany metering',
      '  get memory',
      '  get memory',
    ]);
    const about = (name: string) => telemetry.span(name).attributes;
    expect(about('list metering')).toEqual({
      'metering.operation': 'list',
      'metering.target': 'metering',
      'metering.timestamp': TIMESTAMP,
      'metering.category': 'api',
      'metering.items': 2,
    });
    expect(about('categories metering')).toMatchObject({ 'metering.timestamp': TIMESTAMP });
    expect(about('read metering')).toMatchObject({ 'metering.key': pageKey(0) });
    expect(about('readMany metering')).toMatchObject({ 'metering.items': 2 });
  });

  it('shows each call over a range as a tree of what it did', async () => {
    const { telemetry, reader } = await setUp();
    const range = { from: TIMESTAMP, to: TIMESTAMP + 60, selfId: 'a1' };
    expect(await collect(reader.scan(range))).toHaveLength(2);
    expect(await collect(reader.records(range))).toHaveLength(2);
    expect((await reader.totals(range)).rows).toMatchObject([{ value: 2n ** 64n }]);
    expect(await collect(reader.sets(range))).toMatchObject([{ status: 'complete' }]);
    expect(await collect(reader.gaps(range))).toEqual([]);
    const calls = telemetry.tree.filter((name) => name.endsWith('metering'));
    expect(calls).toEqual(
      ['scan', 'records', 'totals', 'sets', 'gaps'].map((n) => `${n} metering`),
    );
    expect(telemetry.tree.filter((name) => !name.endsWith('metering'))).not.toEqual([]);
    expect(
      telemetry.spans.filter(({ parentSpanContext: parent }) => parent === undefined),
    ).toHaveLength(5);
    expect(telemetry.span('records metering').attributes).toEqual({
      'metering.operation': 'records',
      'metering.target': 'metering',
      'metering.from': TIMESTAMP,
      'metering.to': TIMESTAMP + 60,
      'metering.self_id': 'a1',
      'metering.items': 2,
    });
    const told = JSON.stringify(telemetry.spans.map(({ attributes }) => attributes));
    expect(told).not.toContain('184467440737095');
  });

  it('follows as ever, without a span that lasts for days', async () => {
    const { telemetry, reader } = await setUp();
    const following = reader.follow({ from: TIMESTAMP });
    const read: number[] = [];
    for await (const { part } of following) {
      read.push(part);
      if (part === 1) break;
    }
    expect(read).toEqual([0, 1]);
    expect(following.checkpoint()).toBeDefined();
    expect(telemetry.tree.filter((name) => name.endsWith('metering'))).toEqual([]);
  });

  it('counts the pages of many that fail by the codes of their errors', async () => {
    const { telemetry, inner, reader } = await setUp();
    await inner.put(pageKey(1), new Uint8Array([1]));
    const results = await collect(reader.readMany([pageKey(0), pageKey(1), pageKey(2)]));
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, false, true]);
    const failures = await telemetry.points('metering.read.failures');
    expect(
      failures.map(({ attributes, value }) => [attributes['error.type'], value]).sort(),
    ).toEqual([
      ['CORRUPT_GZIP', 1],
      ['NOT_FOUND', 1],
    ]);
  });

  it('counts errors by their codes, and passes each on', async () => {
    const { telemetry, reader } = await setUp();
    expect(await rejection(reader.read(pageKey(7)))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await rejection(reader.read(7 as never))).toMatchObject({ code: 'INVALID_INPUT' });
    const points = await telemetry.points('metering.operation.duration');
    expect(points.map(({ attributes }) => attributes['error.type'])).toEqual([
      'NOT_FOUND',
      'INVALID_INPUT',
    ]);
  });

  it('stops reading where the consumer stops', async () => {
    const { telemetry, reader } = await setUp();
    for await (const { timestamp } of reader.list({ timestamp: TIMESTAMP })) {
      expect(timestamp).toBe(TIMESTAMP);
      break;
    }
    expect(telemetry.tree).toEqual(['list metering', '  list memory']);
  });
});

describe('instrumentMetaReader', () => {
  it('tells an integer beyond 2^53 of a query with every digit', async () => {
    const telemetry = new RecordedTelemetry();
    const inner = createMetaReader({ storage: createMemoryStorage() });
    const reader = instrumentMetaReader(inner, telemetry);
    const query = { clusterId: 'c1', type: 'logic', at: 2n ** 64n - 1n } as never;
    expect(await rejection(reader.read(query))).toMatchObject({ code: 'INVALID_INPUT' });
    const { attributes } = telemetry.span('read metadata');
    expect(attributes['metering.at']).toBe('18446744073709551615');
  });

  it('shows each call as a tree of what it did', async () => {
    const telemetry = new RecordedTelemetry();
    const inner = createMemoryStorage();
    const subject = { clusterId: 'c1', type: 'logic' } as const;
    const { key } = await createMetaWriter({ storage: inner }).write({
      ...subject,
      modifyTs: TIMESTAMP,
      metadata: { plan: 'a' },
    });
    const storage = instrumentStorage(inner, telemetry);
    const reader = instrumentMetaReader(createMetaReader({ storage }), telemetry);
    expect(await reader.read({ ...subject, at: TIMESTAMP + 1 })).toMatchObject({ key });
    expect(await reader.read({ clusterId: 'c2', type: 'logic' })).toBeUndefined();
    await reader.readFile(key);
    expect(await collect(reader.versions(subject))).toHaveLength(1);
    expect(telemetry.tree).toEqual([
      'read metadata',
      '  list memory',
      '  get memory',
      'read metadata',
      '  list memory',
      'readFile metadata',
      '  get memory',
      'versions metadata',
      '  list memory',
    ]);
    expect(telemetry.spans[0]?.attributes).toEqual({
      'metering.operation': 'read',
      'metering.target': 'metadata',
      'metering.cluster_id': 'c1',
      'metering.type': 'logic',
      'metering.at': TIMESTAMP + 1,
      'metering.key': key,
    });
  });
});
