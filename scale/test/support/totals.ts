import { compareUtf8 } from '@metering/core/building-blocks';
import { createMeteringReader, type MeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';

/** How much was used of one metric in one unit. */
export interface Total {
  readonly metric: string;
  readonly unit: string;
  readonly total: bigint;
}

/** From the first minute to the last that a key can name. */
export const ALWAYS = { from: 60, to: 99_999_999_960 };

export function readerOf(folder: string): MeteringReader {
  return createMeteringReader({
    storage: createLocalFsStorage({ basePath: folder, createDirs: false }),
  });
}

/** What the pages in a folder add up to, for `@metering/reader`. */
export async function ourTotals(folder: string): Promise<Total[]> {
  const { rows } = await readerOf(folder).totals(ALWAYS);
  return rows.map(({ metric, unit, value }) => ({ metric, unit, total: value }));
}

/** In the reader's order: by the bytes of the metric, then of the unit. */
export function sorted(totals: readonly Total[]): Total[] {
  return [...totals].sort((a, b) => compareUtf8(a.metric, b.metric) || compareUtf8(a.unit, b.unit));
}

/** The metrics of which an engine saw nothing. */
export function unseen(theirs: readonly Total[], ours: readonly Total[]): string[] {
  const seen = new Set(theirs.map(({ metric }) => metric));
  return ours.map(({ metric }) => metric).filter((metric) => !seen.has(metric));
}
