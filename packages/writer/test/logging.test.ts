import { createMemoryStorage, type Logger } from '@metering/core';
import { expect, it } from 'vitest';
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
  await rejection(writer.write(dataOf([...records(2), { other: 1 }])));
  const warning = { set: SET_PREFIX, pages: 2, key: pageKey(2) };
  expect(lines.at(-1)).toEqual(['warn', warning, 'A set of metering pages is stored in part']);
});

it('tells a logger of metadata', async () => {
  const { logger, lines } = notes();
  const writer = createMetaWriter({ storage: createMemoryStorage(), logger });
  const result = await writer.write({ clusterId: 'c', type: 'logic', modifyTs: 1, metadata: {} });
  expect(lines).toEqual([['info', result, 'Wrote a metadata file']]);
});
