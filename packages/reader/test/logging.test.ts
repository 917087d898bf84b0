import { createMemoryStorage, type MeteringEvent } from '@metering/core';
import pino from 'pino';
import { expect, it, vi } from 'vitest';
import { createMetaReader, createMeteringReader } from '../src/index.ts';
import { collect } from './support/collect.ts';
import { META_KEY, putMeta } from './support/files.ts';
import { ForwardingStorage } from './support/forwarding-storage.ts';

const QUERY = { clusterId: 'c1', type: 'logic' } as const;
const TIMESTAMP = 1755850380;
const STRAY = `metering/ru/${TIMESTAMP}/stray.json.gz`;

/** A cache's storage that takes nothing. */
class BrokenStorage extends ForwardingStorage {
  override async put(): Promise<never> {
    throw Object.assign(new Error('the disk is full'), { needed: 2n ** 63n });
  }
}

it("warns through pino's child loggers, errors where pino serialises them and every digit kept", async () => {
  const lines: string[] = [];
  const logger = pino({}, { write: (line) => void lines.push(line) }).child({ service: 'billing' });
  const storage = createMemoryStorage();
  await storage.put(STRAY, new Uint8Array());
  await putMeta(storage, {}, { a: 1 });
  await collect(createMeteringReader({ storage, logger }).list({ timestamp: TIMESTAMP }));
  const cache = { storage: new BrokenStorage(createMemoryStorage()) };
  await createMetaReader({ storage, cache, logger }).read(QUERY);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, service: 'billing', key: STRAY, reason: expect.any(String) },
    { level: 40, service: 'billing', err: { type: 'Error', message: 'the disk is full' } },
  ]);
  expect(lines[1]).toContain('"needed":9223372036854775808');
});

it('warns on the console', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const storage = createMemoryStorage();
  await storage.put(STRAY, new Uint8Array());
  await collect(createMeteringReader({ storage, logger: console }).list({ timestamp: TIMESTAMP }));
  const details = { key: STRAY, reason: expect.any(String) };
  expect(warn.mock.calls).toEqual([[details, 'Skipped a key that is no metering page']]);
  warn.mockRestore();
});

it('tells of each hit and miss of the metadata cache, from memory and from its storage', async () => {
  const events: MeteringEvent[] = [];
  const onEvent = (event: MeteringEvent) => void events.push(event);
  const storage = createMemoryStorage();
  const cache = { storage: createMemoryStorage() };
  await putMeta(storage, {}, { a: 1 });
  const reader = createMetaReader({ storage, cache, onEvent });
  await reader.read(QUERY);
  await reader.read(QUERY);
  await createMetaReader({ storage, cache, onEvent }).read(QUERY);
  await createMetaReader({ storage, cache: false, onEvent }).read(QUERY);
  await reader.readFile(META_KEY);
  expect(events).toEqual([
    { type: 'cache', outcome: 'miss', key: META_KEY },
    { type: 'cache', outcome: 'hit', key: META_KEY },
    { type: 'cache', outcome: 'hit', key: META_KEY },
  ]);
});
