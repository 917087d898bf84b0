import { gzipSync } from 'node:zlib';
import type { MeteringRecord } from '@metering/core';
import { MINUTE } from '../../support/files.ts';

const METRICS = ['cpu_seconds', 'memory_mb', 'network_in_bytes', 'network_out_bytes'];

/** Records that all differ. */
export function manyRecords(count: number): MeteringRecord[] {
  return Array.from({ length: count }, (_item, index) => ({
    logical_cluster_id: `lc-${index}`,
    ...Object.fromEntries(
      METRICS.slice(index % 3).map((name, place) => [
        name,
        { value: (index * 7919 + place) % 1_000_003, unit: place === 0 ? 'seconds' : 'bytes' },
      ]),
    ),
  }));
}

export interface PageParts {
  readonly records?: readonly MeteringRecord[];
  readonly before?: string;
  readonly after?: string;
}

/** The JSON of a page of our own, with members before and after its records. */
export function pageJson({ records = manyRecords(6000), before, after = '' }: PageParts = {}) {
  const own = `"timestamp":${MINUTE},"category":"tidb-server","self_id":"n1","shared_pool_id":"default-shared-pool","part":0,"parts":1`;
  return `{${before ?? own},"data":${JSON.stringify(records)}${after}}`;
}

/** Its file. The default is a page of 1 MB, which is read in many chunks. */
export function pageFile(parts?: PageParts): Buffer {
  return gzipSync(pageJson(parts));
}
