import { isMetric, isMetricValue, type MeteringRecord } from '@metering/core';
import { decodeBody } from './decode-page.ts';
import { inflating, type PageFile } from './inflating-file.ts';
import type { PageToRead } from './page-to-read.ts';
import type { PageEnd } from './record-batches.ts';

/** Takes what pages add up to. */
export interface UsageSink {
  /** Whether sums are asked for by cluster. */
  readonly byCluster: boolean;
  /**
   * The sum of one unit of one metric in one page, for one cluster if `byCluster`. Once for each that
   * the page has, after the whole page turned out to be right.
   *
   * @param clusterId `logical_cluster_id` of the records. Undefined where that is no text or is
   *   absent, and always unless `byCluster`.
   */
  addUsage(metric: string, unit: string, sum: bigint, clusterId: string | undefined): void;
}

export interface SummedPage extends PageEnd {
  /**
   * How many members of records are no usage and are in no sum: all but a `logical_cluster_id` that is
   * text and `{ value, unit }` whose value is an integer from 0 to 2^64 - 1 and whose unit is text.
   */
  readonly others: number;
}

/**
 * Adds up what the records of a page say that was used, exactly.
 *
 * @throws FormatError for a file that is damaged, too large, no page, or contradicts its key. Nothing of
 *   it has reached the sink then.
 */
export async function sumPage(
  file: PageFile,
  page: PageToRead,
  sink: UsageSink,
): Promise<SummedPage> {
  const json = await inflating(file, page).json();
  const { parts, data } = decodeBody(json, page.key, page.meant);
  let others = 0;
  const sums = new Map<string, { names: [string, string, string | undefined]; sum: bigint }>();
  for (const record of data) {
    const clusterId = sink.byCluster ? clusterOf(record) : undefined;
    for (const [metric, member] of Object.entries(record)) {
      if (metric === 'logical_cluster_id' && typeof member === 'string') continue;
      const { value, unit } = usageOf(member) ?? {};
      if (value === undefined || unit === undefined) {
        others += 1;
        continue;
      }
      const id = JSON.stringify([metric, unit, clusterId]);
      const entry = sums.get(id) ?? { names: [metric, unit, clusterId], sum: 0n };
      entry.sum += BigInt(value);
      sums.set(id, entry);
    }
  }
  for (const { names, sum } of sums.values()) sink.addUsage(names[0], names[1], sum, names[2]);
  return { parts, records: data.length, others };
}

function clusterOf(record: MeteringRecord): string | undefined {
  const id = Object.hasOwn(record, 'logical_cluster_id') ? record.logical_cluster_id : undefined;
  return typeof id === 'string' ? id : undefined;
}

function usageOf(member: unknown): { value: number | bigint; unit: string } | undefined {
  if (typeof member !== 'object' || member === null || !isMetric(member)) return undefined;
  const { value, unit } = member as { value: unknown; unit: unknown };
  return isMetricValue(value) && typeof unit === 'string' ? { value, unit } : undefined;
}
