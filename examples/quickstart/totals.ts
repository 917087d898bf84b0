import { isMetric, isMetricValue, isPlainObject, type MeteringRecord } from '@metering/core';

/** How much of one metric one cluster used, exact whatever its size. */
export interface Total {
  readonly cluster: string;
  readonly metric: string;
  readonly unit: string;
  readonly amount: bigint;
}

/** Adds up records: a total for each cluster, metric and unit, in that order. */
export function totalsOf(records: Iterable<MeteringRecord>): Total[] {
  const totals = new Map<string, Total>();
  for (const usage of usagesOf(records)) {
    const id = JSON.stringify([usage.cluster, usage.metric, usage.unit]);
    const amount = (totals.get(id)?.amount ?? 0n) + usage.amount;
    totals.set(id, { ...usage, amount });
  }
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total);
}

/** Every metric of every record: an object with a `value` and a `unit`. */
function* usagesOf(records: Iterable<MeteringRecord>): Generator<Total> {
  for (const record of records) {
    const cluster = String(record.logical_cluster_id);
    for (const [metric, used] of Object.entries(record)) {
      if (!isPlainObject(used) || !isMetric(used) || !isMetricValue(used.value)) continue;
      yield { cluster, metric, unit: String(used.unit), amount: BigInt(used.value) };
    }
  }
}
