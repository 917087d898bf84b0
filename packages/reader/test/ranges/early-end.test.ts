import { setImmediate as turn } from 'node:timers/promises';
import { createMemoryStorage, meteringKey, type StorageProvider } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader, type MeteringReader } from '../../src/index.ts';
import { collect } from '../support/collect.ts';
import { MINUTE, PAGE, putJson, putPage, putText } from '../support/files.ts';
import { GatedStorage } from '../support/gated-storage.ts';
import { OpenListings } from '../support/open-listings.ts';

const MINUTES = 30;
const DAY = { from: MINUTE, to: MINUTE + 60 * MINUTES };
/** More than what is looked at to know whether a set is whole. */
const PADDING = 'x'.repeat(2000);

/** A page a minute. */
async function putMinutes(storage: StorageProvider): Promise<void> {
  for (let minute = 0; minute < MINUTES; minute++) {
    const key = meteringKey({ ...PAGE, timestamp: MINUTE + 60 * minute });
    await putJson(storage, key, { parts: 1, data: [{ egress: 1 }] });
  }
}

/** So many turns of the event loop that whatever goes on has gone on. */
async function settle(): Promise<void> {
  for (let count = 0; count < 20; count++) await turn();
}

describe('a range that is left early', () => {
  it.each([
    ['scan', (reader: MeteringReader) => reader.scan(DAY)],
    ['records', (reader: MeteringReader) => reader.records(DAY)],
    ['sets', (reader: MeteringReader) => reader.sets(DAY)],
    ['follow', (reader: MeteringReader) => reader.follow({ from: MINUTE })],
  ])(
    'fetches nothing more and ends what is under way, though it waits for that: %s',
    async (_call, begin) => {
      const storage = new OpenListings(createMemoryStorage());
      await putMinutes(storage);
      const gated = new GatedStorage(storage);
      const opening = gated.until(4).then(() => gated.open(gated.waiting[0]));
      for await (const given of begin(createMeteringReader({ storage: gated }))) {
        expect(given.timestamp).toBe(MINUTE);
        await settle();
        break;
      }
      await opening;
      await settle();
      expect(gated.waiting).toEqual([]);
      expect(gated.aborted).toHaveLength(4);
      expect(storage.open).toBe(0);
    },
  );
});

describe('gaps, when they are aborted', () => {
  it.each(['error', 'include'] as const)(
    'end at once, also among those that are given when all is listed: %s',
    async (incomplete) => {
      const storage = createMemoryStorage();
      for (const selfId of ['n1', 'n2', 'n3']) await putPage(storage, { selfId });
      const abort = new AbortController();
      const query = { from: MINUTE, to: MINUTE + 120, incomplete };
      const gaps = createMeteringReader({ storage }).gaps(query, { signal: abort.signal });
      const taken = gaps[Symbol.asyncIterator]();
      await taken.next();
      const reason = new Error('enough');
      abort.abort(reason);
      await expect(taken.next()).rejects.toBe(reason);
    },
  );

  it('end at once between two of one set', async () => {
    const storage = createMemoryStorage();
    await putPage(storage, { part: 1, timestamp: MINUTE + 60 });
    const abort = new AbortController();
    const query = { from: MINUTE, to: MINUTE + 120 };
    const gaps = createMeteringReader({ storage }).gaps(query, { signal: abort.signal });
    const taken = gaps[Symbol.asyncIterator]();
    expect((await taken.next()).value?.kind).toBe('silent');
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(taken.next()).rejects.toBe(reason);
  });
});

describe('a range that ends in an error', () => {
  it('of records leaves no listing open: totals did, since only its source was thought to fail', async () => {
    const storage = new OpenListings(createMemoryStorage());
    await putMinutes(storage);
    await putText(storage, meteringKey(PAGE), `{"parts":1,"data":[{"a":"${PADDING}"},,]}`);
    const reader = createMeteringReader({ storage });
    const invalid = { code: 'INVALID_JSON' };
    await expect(reader.totals(DAY)).rejects.toMatchObject(invalid);
    await turn();
    expect(storage.open).toBe(0);
    await expect(collect(reader.records(DAY))).rejects.toMatchObject(invalid);
    await turn();
    expect(storage.open).toBe(0);
  });
});
