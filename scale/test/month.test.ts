import { describe, expect, it } from 'vitest';
import { billOf } from '../lib/bill.ts';
import { fleetOf } from '../lib/fleet.ts';
import { measurePage } from '../lib/measured-page.ts';
import { JSON_BYTES, monthOf, STORED_BYTES } from '../lib/month.ts';
import type { Prices } from '../lib/prices.ts';

const PRICES: Prices = {
  store: 'S3',
  of: 'a test',
  currency: 'USD',
  perMillionWrites: 5,
  perMillionReads: 0.5,
  perMillionLists: 10,
  keysPerList: 1000,
  perGbMonth: 2,
};

describe('a month', () => {
  it('has a set for each writer and minute', () => {
    const month = monthOf(fleetOf(10_000));
    expect(month).toMatchObject({ instances: 30, recordsPerSet: 1000, objects: 30 * 43_200 });
    expect(month.records).toBe(3 * 10_000 * 43_200);
  });

  it('has no fewer writers than it takes to survive the loss of one', () => {
    expect(monthOf(fleetOf(100))).toMatchObject({ instances: 6, recordsPerSet: 50 });
  });

  it('has more objects where sets are larger than a page', () => {
    const fleet = fleetOf(10_000, { clustersPerInstance: 10_000, leastInstances: 1 });
    const recordsPerPage = 1_000_000 / JSON_BYTES.record;
    expect(monthOf(fleet).objects).toBe(3 * 43_200);
    expect(monthOf(fleet, 1_000_000).objects).toBe(3 * 43_200 * Math.ceil(10_000 / recordsPerPage));
  });

  it('lists each hour for each reading, a thousand keys at a time', () => {
    const month = monthOf(fleetOf(10_000));
    expect(month.lists(1000)).toBe(2 * 720 * 2);
    expect(month.lists(5000)).toBe(2 * 720);
  });
});

describe('a bill', () => {
  it('is what the prices say', () => {
    const fleet = fleetOf(100, { retried: 0, readings: 1, keptMonths: 2 });
    const { objects, storedBytes } = monthOf(fleet);
    const bill = billOf(fleet, PRICES);
    expect(bill.writes).toBeCloseTo((objects / 1e6) * 5);
    expect(bill.reads).toBeCloseTo((objects / 1e6) * 0.5);
    expect(bill.lists).toBeCloseTo((720 / 1e6) * 10);
    expect(bill.storage).toBeCloseTo((storedBytes / 2 ** 30) * 2 * 2);
    expect(bill.total).toBe(bill.writes + bill.reads + bill.lists + bill.storage);
  });

  it('counts what is sent twice', () => {
    const once = billOf(fleetOf(100, { retried: 0 }), PRICES);
    const half = billOf(fleetOf(100, { retried: 0.5 }), PRICES);
    expect(half.writes).toBeCloseTo(once.writes * 1.5);
  });
});

describe('the size of a page', () => {
  it.each([50, 1000, 10_000])(
    'is what the writer makes of %d records, give or take a tenth',
    async (records) => {
      const page = await measurePage(records);
      const stored = STORED_BYTES.page + records * STORED_BYTES.record;
      const json = JSON_BYTES.page + records * JSON_BYTES.record;
      expect(Math.abs(page.storedBytes / stored - 1)).toBeLessThan(0.1);
      expect(Math.abs(page.jsonBytes / json - 1)).toBeLessThan(0.1);
    },
  );
});
