import type { Fleet } from './fleet.ts';
import { monthOf } from './month.ts';
import type { Prices } from './prices.ts';

const MILLION = 1e6;
const GB = 2 ** 30;

/** What a month costs, in the currency of the prices. */
export interface Bill {
  readonly writes: number;
  readonly reads: number;
  readonly lists: number;
  /** Of all that is kept, once the first pages are old enough to be deleted. */
  readonly storage: number;
  readonly total: number;
}

export function billOf(fleet: Fleet, prices: Prices): Bill {
  const month = monthOf(fleet);
  const writes = (month.writes / MILLION) * prices.perMillionWrites;
  const reads = (month.reads / MILLION) * prices.perMillionReads;
  const lists = (month.lists(prices.keysPerList) / MILLION) * prices.perMillionLists;
  const storage = ((month.storedBytes * fleet.keptMonths) / GB) * prices.perGbMonth;
  return { writes, reads, lists, storage, total: writes + reads + lists + storage };
}
