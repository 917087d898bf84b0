import { setImmediate as turn } from 'node:timers/promises';
import { createMemoryStorage, meteringKey, type StorageProvider } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createMeteringReader } from '../../src/index.ts';
import { collect } from '../support/collect.ts';
import { MINUTE, PAGE, putPage, putText } from '../support/files.ts';
import { OpenListings } from '../support/open-listings.ts';

const MINUTES = 30;
const DAY = { from: MINUTE, to: MINUTE + 60 * MINUTES };
/** More than what is looked at to know whether a set is whole. */
const PADDING = 'x'.repeat(2000);

/** A page a minute. */
async function putMinutes(storage: StorageProvider): Promise<void> {
  for (let minute = 0; minute < MINUTES; minute++) {
    await putPage(storage, { timestamp: MINUTE + 60 * minute });
  }
}

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
