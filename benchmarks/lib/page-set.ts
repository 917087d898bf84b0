import type { MeteringData } from '@metering/core';

/** The set that everything here writes, of any records. */
export function pageSet(data: MeteringData['data']): MeteringData {
  return { timestamp: 1755850380, category: 'tidb-server', selfId: 'bench', data };
}
