import { compareUtf8, type MeteringKey } from '@metering/core';
import type { UsageSink } from '../../pages/page-sums.ts';
import type { TotalsGroup, TotalsRow } from './totals.ts';
import { compareGroupValues, type GroupValue, groupValues } from './totals-groups.ts';

/** One row in the making. */
interface Sum {
  readonly groups: readonly GroupValue[];
  readonly metric: string;
  readonly unit: string;
  value: bigint;
}

/** The sums of one combination of groups, by cluster, metric and unit. */
type PageSums = Map<string | undefined, Map<string, Map<string, Sum>>>;

/** The exact sums of many pages. Memory grows with the number of rows, and with nothing else. */
export class Sums {
  readonly #by: readonly TotalsGroup[];
  readonly #clusterIndex: number;
  /** By what a page belongs to. */
  readonly #pages = new Map<string, PageSums>();

  constructor(by: readonly TotalsGroup[]) {
    this.#by = by;
    this.#clusterIndex = by.indexOf('cluster');
  }

  /** Takes what a page adds up to. */
  sinkFor(page: MeteringKey): UsageSink {
    const groups = groupValues(this.#by, page);
    const sums = entryOf(this.#pages, groups.join('/'), () => new Map());
    return {
      byCluster: this.#clusterIndex >= 0,
      addUsage: (metric, unit, value, clusterId) => {
        const metrics = entryOf(sums, clusterId, () => new Map());
        const units = entryOf(metrics, metric, () => new Map());
        const sum = units.get(unit);
        if (sum !== undefined) sum.value += value;
        else units.set(unit, { groups: this.#withCluster(groups, clusterId), metric, unit, value });
      },
    };
  }

  /** The rows, in order. */
  rows(): TotalsRow[] {
    return [...this.#sums()].sort(compareSums).map((sum) => this.#toRow(sum));
  }

  #withCluster(groups: readonly GroupValue[], clusterId: string | undefined) {
    return this.#clusterIndex < 0 ? groups : groups.with(this.#clusterIndex, clusterId);
  }

  *#sums(): Generator<Sum> {
    for (const page of this.#pages.values()) {
      for (const metrics of page.values()) {
        for (const units of metrics.values()) yield* units.values();
      }
    }
  }

  #toRow({ groups, metric, unit, value }: Sum): TotalsRow {
    const named = this.#by.map((group, index) => [group, groups[index]] as const);
    const known = named.filter(([, groupValue]) => groupValue !== undefined);
    return { ...Object.fromEntries(known), metric, unit, value };
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}

function compareSums(a: Sum, b: Sum): number {
  for (let index = 0; index < a.groups.length; index++) {
    const order = compareGroupValues(a.groups[index], b.groups[index]);
    if (order !== 0) return order;
  }
  return compareUtf8(a.metric, b.metric) || compareUtf8(a.unit, b.unit);
}
