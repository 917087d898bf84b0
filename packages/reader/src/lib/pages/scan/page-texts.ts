import { TextTable, UNKNOWN } from './text-table.ts';

/** How many keys have a number. */
export const KEYS = 4096;
const UNITS = 1024;
const COLON = 0x3a;
const CLOSE_BRACE = 0x7d;

/** The keys and units that pages use, and what is known of where each stands. */
export class PageTexts {
  /** `"compute_seconds":` */
  readonly keys = new TextTable(KEYS, COLON);
  /** `"seconds"}` */
  readonly units = new TextTable(UNITS, CLOSE_BRACE);
  /** The number of the key that came after each key last; at `KEYS` the one that came first. */
  readonly following = new Int32Array(KEYS + 1).fill(UNKNOWN);
  /** The number of the unit that each metric had last. */
  readonly unitOf = new Int32Array(KEYS).fill(UNKNOWN);
  /** The record that each key was in last. */
  readonly lastRecord = new Float64Array(KEYS);
  /** Counts all records, of whichever page. */
  records = 0;
}

let shared: PageTexts | undefined;

/** The texts that all pages share. Once there is room for no more, the next page begins anew. */
export function sharedTexts(): PageTexts {
  if (shared === undefined || shared.keys.isFull || shared.units.isFull) shared = new PageTexts();
  return shared;
}
