import { createMemoryStorage, type Logger } from '@metering/core';
import pino from 'pino';
import { expect, it, vi } from 'vitest';
import { createMetaWriter, createMeteringWriter } from '../src/index.ts';
import { dataOf, pageKey, RECORD_BYTES, records, SET_PREFIX } from './support/data.ts';
import { rejection } from './support/storage-errors.ts';

function notes(): { logger: Logger; lines: unknown[] } {
  const lines: unknown[] = [];
  const method = (level: string) => (details: object, message: string) =>
    lines.push([level, details, message]);
  const [debug, info, warn, error] = ['debug', 'info', 'warn', 'error'].map(method);
  return { logger: { debug, info, warn, error } as Logger, lines };
}

it('tells a logger of every page and every set', async () => {
  const { logger, lines } = notes();
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage, logger, pageSizeBytes: RECORD_BYTES });
  const { pages } = await writer.write(dataOf(records(2)));
  expect(lines).toEqual([
    ['debug', pages[0], 'Stored a metering page'],
    ['debug', pages[1], 'Stored a metering page'],
    ['info', { set: SET_PREFIX, pages: 2 }, 'Wrote a set of metering pages'],
  ]);
});

it('warns of a set that is stored in part', async () => {
  const { logger, lines } = notes();
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage, logger, pageSizeBytes: RECORD_BYTES });
  await writer.write(dataOf(records(3)));
  const error = await rejection(writer.write(dataOf([...records(2), { other: 1 }])));
  const warning = { set: SET_PREFIX, pages: 2, key: pageKey(2), err: (error as Error).cause };
  expect(lines.at(-1)).toEqual(['warn', warning, 'A set of metering pages is stored in part']);
});

it('tells a logger of metadata', async () => {
  const { logger, lines } = notes();
  const writer = createMetaWriter({ storage: createMemoryStorage(), logger });
  const result = await writer.write({ clusterId: 'c', type: 'logic', modifyTs: 1, metadata: {} });
  expect(lines).toEqual([['info', result, 'Wrote a metadata file']]);
});

it("writes to pino's child loggers, errors where pino serialises them and every digit kept", async () => {
  const lines: string[] = [];
  const parent = pino({ level: 'debug' }, { write: (line) => void lines.push(line) });
  const logger = parent.child({ service: 'billing' });
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage, logger, pageSizeBytes: RECORD_BYTES });
  async function* broken() {
    yield* records(2);
    throw Object.assign(new Error('the table is gone'), { offset: 2n ** 64n - 1n });
  }
  await rejection(writer.write(dataOf(broken())));
  const found = lines.map((line) => JSON.parse(line));
  expect(found.map(({ level, service, msg }) => [level, service, msg])).toEqual([
    [20, 'billing', 'Stored a metering page'],
    [40, 'billing', 'A set of metering pages is stored in part'],
  ]);
  expect(found[0]).toMatchObject({ key: pageKey(0), part: 0, records: 1, outcome: 'created' });
  expect(found[1]).toMatchObject({ pages: 1, key: pageKey(1) });
  expect(found[1].err).toMatchObject({ type: 'Error', message: 'the table is gone' });
  expect(lines[1]).toContain('"offset":18446744073709551615');
});

it('writes to the console', async () => {
  const info = vi.spyOn(console, 'info').mockReturnValue();
  const debug = vi.spyOn(console, 'debug').mockReturnValue();
  await createMeteringWriter({ storage: createMemoryStorage(), logger: console }).write(
    dataOf(records(1)),
  );
  expect(info.mock.calls).toEqual([
    [{ set: SET_PREFIX, pages: 1 }, 'Wrote a set of metering pages'],
  ]);
  expect(debug).toHaveBeenCalledOnce();
  vi.restoreAllMocks();
});
