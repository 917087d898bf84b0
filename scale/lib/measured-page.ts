import { gunzipSync } from 'node:zlib';
import { createDataSet } from '@metering/benchmarks/lib/data-sets.ts';
import { createMemoryStorage, type MeteringRecord } from '@metering/core';
import { createMeteringWriter } from '@metering/writer';

/** How large a page is. */
export interface MeasuredPage {
  readonly records: number;
  readonly storedBytes: number;
  readonly jsonBytes: number;
}

/** Writes so many records as one page, and looks what came of it. */
export async function measurePage(records: number): Promise<MeasuredPage> {
  const storage = createMemoryStorage();
  const writer = createMeteringWriter({ storage });
  const { pages } = await writer.write({
    timestamp: 1755850380,
    category: 'api',
    selfId: 'a1',
    data: someRecords(records),
  });
  const [page] = pages;
  const stored = await storage.get(page?.key ?? '');
  return { records, storedBytes: stored.length, jsonBytes: gunzipSync(stored).length };
}

/** Such as a service writes: see `realistic` in the benchmarks. */
export function someRecords(count: number): MeteringRecord[] {
  return createDataSet('realistic', count * 400).records.slice(0, count);
}
