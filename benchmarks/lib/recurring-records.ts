import type { MeteringRecord } from '@metering/core';
import { createDataSet, type DataSetName } from './data-sets.ts';

/** Twenty times what deflate can look back: it never sees that records come again. */
const POOL_BYTES = 640 * 1024;

/** So many bytes of records as an iterable that holds only a few of them. */
export function recurringRecords(name: DataSetName, jsonBytes: number): Iterable<MeteringRecord> {
  const pool = createDataSet(name, Math.min(POOL_BYTES, jsonBytes));
  return repeat(pool.records, Math.ceil(jsonBytes / pool.jsonBytes));
}

function* repeat<T>(items: readonly T[], times: number): Generator<T> {
  for (let time = 0; time < times; time++) yield* items;
}
