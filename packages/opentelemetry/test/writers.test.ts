import { createMemoryStorage } from '@metering/core';
import { createMetaWriter, createMeteringWriter, type MeteringWriter } from '@metering/writer';
import { beforeAll, describe, expect, it } from 'vitest';
import { instrumentMetaWriter, instrumentMeteringWriter, instrumentStorage } from '../src/index.ts';
import { followContexts, RecordedTelemetry } from './support/recorded-telemetry.ts';
import { pageKey, record, rejection, TIMESTAMP, usage } from './support/usage.ts';

beforeAll(followContexts);

/** A writer of one record a page on a storage, both instrumented. */
function setUp({ inner = createMemoryStorage(), overwrite = false } = {}) {
  const telemetry = new RecordedTelemetry();
  const storage = instrumentStorage(inner, telemetry);
  const writer = instrumentMeteringWriter(
    createMeteringWriter({ storage, overwrite, pageSizeBytes: 1, concurrency: 2 }),
    telemetry,
  );
  return { telemetry, writer };
}

const API = { 'metering.category': 'api' };

describe('instrumentMeteringWriter', () => {
  it('shows a write as a tree of what it did', async () => {
    const { telemetry, writer } = setUp();
    const { pages } = await writer.write(usage(record('a'), record('b')));
    expect(telemetry.tree).toEqual(['write metering', '  put memory', '  put memory']);
    expect(telemetry.span('write metering').attributes).toEqual({
      'metering.operation': 'write',
      'metering.target': 'metering',
      'metering.timestamp': TIMESTAMP,
      'metering.category': 'api',
      'metering.self_id': 'a1',
      'metering.pages': 2,
      'metering.unchanged_pages': 0,
      'metering.records': 2,
      'metering.bytes': pages.reduce((sum, { bytes }) => sum + bytes, 0),
    });
  });

  it('keeps apart writes at the same time', async () => {
    const { telemetry, writer } = setUp();
    const data = usage(record('a'), record('b'));
    await Promise.all([writer.write(data), writer.write({ ...data, selfId: 'a2' })]);
    const one = ['write metering', '  put memory', '  put memory'];
    expect(telemetry.tree).toEqual([...one, ...one]);
    for (const child of telemetry.spans.filter(({ name }) => name === 'put memory')) {
      const parent = telemetry.spans.find(
        (span) => span.spanContext().spanId === child.parentSpanContext?.spanId,
      );
      const selfId = String(parent?.attributes['metering.self_id']);
      expect(child.attributes['metering.key']).toContain(`/${selfId}-`);
    }
  });

  it('fails no write that gives what it does not expect', async () => {
    const telemetry = new RecordedTelemetry();
    const odd: MeteringWriter = { write: async () => undefined as never };
    const writer = instrumentMeteringWriter(odd, telemetry);
    expect(await writer.write(usage(record('a')))).toBeUndefined();
    expect(telemetry.tree).toEqual(['write metering']);
  });

  it('counts pages, records and bytes by what became of them', async () => {
    const inner = createMemoryStorage();
    const { telemetry, writer } = setUp({ inner });
    const { pages } = await writer.write(usage(record('a'), record('b')));
    await writer.write(usage(record('a'), record('b')));
    await writer.write(usage(record('c')), { overwrite: true });
    const created = { attributes: { ...API, 'metering.outcome': 'created' } };
    const unchanged = { attributes: { ...API, 'metering.outcome': 'unchanged' } };
    const overwritten = { attributes: { ...API, 'metering.outcome': 'overwritten' } };
    for (const name of ['metering.write.pages', 'metering.write.records']) {
      expect(await telemetry.points(name)).toEqual([
        { ...created, value: 2 },
        { ...unchanged, value: 2 },
        { ...overwritten, value: 1 },
      ]);
    }
    const bytes = pages.reduce((sum, page) => sum + page.bytes, 0);
    expect((await telemetry.points('metering.write.bytes'))[0]).toEqual({
      ...created,
      value: bytes,
    });
    expect(await telemetry.points('metering.operation.duration')).toMatchObject([
      {
        attributes: { 'metering.operation': 'write', 'metering.target': 'metering' },
        value: { count: 3 },
      },
    ]);
  });

  it('counts a conflict with other data, also behind pages that are the same', async () => {
    const { telemetry, writer } = setUp();
    await writer.write(usage(record('a'), record('b')));
    await writer.write(usage(record('a'), record('b')));
    expect(await telemetry.points('metering.write.conflicts')).toEqual([]);
    const other = await rejection(writer.write(usage(record('x'), record('b'))));
    expect(other).toMatchObject({ code: 'ALREADY_EXISTS' });
    const later = await rejection(writer.write(usage(record('a'), record('x'))));
    expect(later).toMatchObject({ code: 'PARTIAL_WRITE', cause: { code: 'ALREADY_EXISTS' } });
    expect(await telemetry.points('metering.write.conflicts')).toEqual([
      { attributes: { 'metering.target': 'metering', ...API }, value: 2 },
    ]);
  });

  it('counts the pages that a failed write left stored, and says where it failed', async () => {
    const { telemetry, writer } = setUp();
    async function* records() {
      yield record('a');
      yield record('b');
      throw new Error('the table is gone');
    }
    const error = await rejection(writer.write({ ...usage(), data: records() }));
    expect(error).toMatchObject({ code: 'PARTIAL_WRITE' });
    expect(telemetry.tree[0]).toBe('write metering !');
    expect(telemetry.span('write metering').attributes).toMatchObject({
      'error.type': 'PARTIAL_WRITE',
      'metering.pages': 1,
      'metering.failed_key': pageKey(1),
    });
    expect(await telemetry.points('metering.write.pages')).toMatchObject([{ value: 1 }]);
    expect(await telemetry.points('metering.write.conflicts')).toEqual([]);
  });

  it('counts errors by their codes, and passes each on', async () => {
    const { telemetry, writer } = setUp();
    const invalid = { ...usage(), timestamp: 61 };
    expect(await rejection(writer.write(invalid))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await rejection(writer.write(null as never))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await telemetry.points('metering.operation.duration')).toMatchObject([
      { attributes: { 'error.type': 'INVALID_INPUT' }, value: { count: 2 } },
    ]);
  });

  it('tells no amount as a number that has lost digits: amounts are in no span and no metric', async () => {
    const { telemetry, writer } = setUp();
    await writer.write(usage(record('a', 2n ** 64n - 1n), record('b', 2n ** 53n + 1n)));
    const told = JSON.stringify(
      telemetry.spans.map(({ attributes, events }) => [attributes, events]),
    );
    expect(told).not.toContain('1844674407370955');
    expect(told).not.toContain('900719925474099');
    expect(told).toContain(pageKey(1));
  });
});

describe('instrumentMetaWriter', () => {
  const metadata = { clusterId: 'c1', type: 'logic', modifyTs: 1755850380 } as const;

  it('shows a write and its outcome, and counts conflicts', async () => {
    const telemetry = new RecordedTelemetry();
    const storage = instrumentStorage(createMemoryStorage(), telemetry);
    const writer = instrumentMetaWriter(createMetaWriter({ storage }), telemetry);
    const { key } = await writer.write({ ...metadata, metadata: { plan: 'a' } });
    expect(telemetry.tree).toEqual(['write metadata', '  put memory']);
    expect(telemetry.span('write metadata').attributes).toEqual({
      'metering.operation': 'write',
      'metering.target': 'metadata',
      'metering.cluster_id': 'c1',
      'metering.type': 'logic',
      'metering.modify_ts': 1755850380,
      'metering.key': key,
      'metering.outcome': 'created',
    });
    const other = await rejection(writer.write({ ...metadata, metadata: { plan: 'b' } }));
    expect(other).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await telemetry.points('metering.write.conflicts')).toEqual([
      { attributes: { 'metering.target': 'metadata' }, value: 1 },
    ]);
  });
});
