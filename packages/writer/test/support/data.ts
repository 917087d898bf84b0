import type { MeteringData, MeteringRecord } from '@metering/core';

export const TIMESTAMP = 1_755_850_380;
/** What the keys of the pages of `dataOf` begin with. */
export const SET_PREFIX = `metering/ru/${TIMESTAMP}/tidb-server/default-shared-pool/tidb01-`;

export function pageKey(part: number): string {
  return `${SET_PREFIX}${part}.json.gz`;
}

/** The data of one instance in one minute. */
export function dataOf(data: MeteringData['data'], rest: Partial<MeteringData> = {}): MeteringData {
  return { timestamp: TIMESTAMP, category: 'tidb-server', selfId: 'tidb01', data, ...rest };
}

/** Records of equal size: with `pageSizeBytes: RECORD_BYTES` each has a page of its own. */
export function records(count: number, label = 'a'): MeteringRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    logical_cluster_id: `${label}${String(index).padStart(5, '0')}`,
    compute_seconds: { value: 100_000 + index, unit: 'seconds' },
  }));
}

/** The size in JSON of each of `records`, with a label of one letter. */
export const RECORD_BYTES = Buffer.byteLength(JSON.stringify(records(1)[0]));
