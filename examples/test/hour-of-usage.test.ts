import { expect, it } from 'vitest';
import { hourOfUsage } from '../quickstart/hour-of-usage.ts';
import { totalsOf } from './totals-of.ts';

it('is the same every time', () => {
  expect(hourOfUsage()).toEqual(hourOfUsage());
});

it('holds values of a single minute that a double could not', () => {
  const beyond = hourOfUsage().flatMap(({ data }) =>
    data.filter((record) => totalsOf([record]).some(({ value }) => value > 2n ** 53n)),
  );
  expect(beyond).not.toEqual([]);
});

it('is irregular: now and then a cluster is idle', () => {
  const records = hourOfUsage().flatMap(({ data }) => data.length);
  expect(new Set(records).size).toBeGreaterThan(1);
});
