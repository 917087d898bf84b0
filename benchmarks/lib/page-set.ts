import type { MeteringData } from '@metering/core';

const TIMESTAMP = 1_755_850_380;
const SECONDS_PER_MINUTE = 60;
/** A range that holds the set and nothing else. */
export const PAGE_SET_RANGE = { from: TIMESTAMP, to: TIMESTAMP + SECONDS_PER_MINUTE };

/** The set that everything here writes, of any records; or one of so many minutes later. */
export function pageSet(data: MeteringData['data'], minutesLater = 0): MeteringData {
  const timestamp = TIMESTAMP + minutesLater * SECONDS_PER_MINUTE;
  return { timestamp, category: 'tidb-server', selfId: 'bench', data };
}
