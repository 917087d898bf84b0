import type { MeteringRecord } from '@metering/core';
import { isMetric, isMetricValue, isPlainObject } from '@metering/core/building-blocks';
import type { TotalsRow } from '@metering/reader';

/** Adds up records without a reader: a total for each cluster, metric and unit, in that order. */
export function totalsOf(records: Iterable<MeteringRecord>): TotalsRow[] {
  const totals = new Map<string, TotalsRow>();
  for (const usage of usagesOf(records)) {
    const id = JSON.stringify([usage.cluster, usage.metric, usage.unit]);
    const value = (totals.get(id)?.value ?? 0n) + usage.value;
    totals.set(id, { ...usage, value });
  }
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total);
}

/** Every metric of every record: an object with a `value` and a `unit`. */
function* usagesOf(records: Iterable<MeteringRecord>): Generator<TotalsRow> {
  for (const record of records) {
    const cluster = String(record.logical_cluster_id);
    for (const [metric, used] of Object.entries(record)) {
      if (!isPlainObject(used) || !isMetric(used) || !isMetricValue(used.value)) continue;
      yield { cluster, metric, unit: String(used.unit), value: BigInt(used.value) };
    }
  }
}
