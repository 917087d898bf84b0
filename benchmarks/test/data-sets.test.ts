import { createHash } from 'node:crypto';
import { stringifyJson } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { createDataSet, DATA_SETS, type DataSetName } from '../lib/data-sets.ts';

const JSON_BYTES = 200_000;
/** Of the records' JSON, so that results of different days compare. */
const DIGESTS: Readonly<Record<DataSetName, string>> = {
  random: '688d97c11487e3fb',
  subset: 'fca74d6b4f7de46a',
  realistic: '4ea47d62c7953396',
  uniform: 'fc675052ee724777',
  tags: '70dd850a696bc944',
  names: '75310929a2a6dc19',
  nested: 'edd4b87352c5d765',
};

describe.each(Object.keys(DATA_SETS) as DataSetName[])('the records of "%s"', (name) => {
  const { records, jsonBytes } = createDataSet(name, JSON_BYTES);
  const text = records.map((record) => stringifyJson(record)).join('');

  it('are the same in every run', () => {
    expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toBe(DIGESTS[name]);
  });

  it('have the size that was asked for', () => {
    expect(Buffer.byteLength(text)).toBe(jsonBytes);
    expect(jsonBytes).toBeGreaterThanOrEqual(JSON_BYTES);
    expect(jsonBytes).toBeLessThan(JSON_BYTES + 2000);
  });
});
