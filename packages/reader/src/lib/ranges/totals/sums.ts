import type { MeteringKey } from '@metering/core';
import { compareUtf8 } from '@metering/core/building-blocks';
import type { UsageSink } from '../../pages/usage-sink.ts';
import type { TotalsGroup, TotalsRow } from './totals.ts';
import { compareGroupValues, type GroupValue, groupValues } from './totals-groups.ts';

/** What is summed up: one unit of one metric. */
interface Series {
  readonly metric: string;
  readonly unit: string;
  /** Where its sum is among those of a group. */
  readonly index: number;
}

/** The sums of one combination of groups, by the index of their series. */
interface GroupSums {
  readonly groups: readonly GroupValue[];
  readonly values: (bigint | undefined)[];
}

/** The exact sums of many pages. Memory grows with the number of rows, and with nothing else. */
export class Sums {
  readonly #by: readonly TotalsGroup[];
  readonly #clusterIndex: number;
  /** By metric, then unit. */
  readonly #series = new Map<string, Map<string, Series>>();
  #seriesCount = 0;
  /** By what a page belongs to, then cluster. */
  readonly #sums = new Map<string, Map<string | undefined, GroupSums>>();

  constructor(by: readonly TotalsGroup[]) {
    this.#by = by;
    this.#clusterIndex = by.indexOf('cluster');
  }

  /** Takes what a page adds up to. */
  sinkFor(page: MeteringKey): UsageSink {
    const groups = groupValues(this.#by, page);
    // No part of a key holds a `/`.
    const clusters = entryOf(this.#sums, groups.join('/'), () => new Map());
    return {
      byCluster: this.#clusterIndex >= 0,
      addUsage: (metric, unit, sum, clusterId) => {
        const { index } = this.#seriesOf(metric, unit);
        const { values } = entryOf(clusters, clusterId, () => {
          return { groups: this.#withCluster(groups, clusterId), values: [] };
        });
        values[index] = (values[index] ?? 0n) + sum;
      },
    };
  }

  /** The rows, in order. */
  rows(): TotalsRow[] {
    const sums = [...this.#sums.values()].flatMap((clusters) => [...clusters.values()]);
    sums.sort((a, b) => compareGroups(a.groups, b.groups));
    const series = [...this.#series.values()].flatMap((units) => [...units.values()]);
    series.sort((a, b) => compareUtf8(a.metric, b.metric) || compareUtf8(a.unit, b.unit));
    return sums.flatMap((groupSums) => this.#rowsOf(groupSums, series));
  }

  #seriesOf(metric: string, unit: string): Series {
    const units = entryOf(this.#series, metric, () => new Map());
    return entryOf(units, unit, () => ({ metric, unit, index: this.#seriesCount++ }));
  }

  #withCluster(groups: readonly GroupValue[], clusterId: string | undefined) {
    return this.#clusterIndex < 0 ? groups : groups.with(this.#clusterIndex, clusterId);
  }

  #rowsOf({ groups, values }: GroupSums, series: readonly Series[]): TotalsRow[] {
    const rows: TotalsRow[] = [];
    for (const { metric, unit, index } of series) {
      const value = values[index];
      if (value !== undefined) rows.push({ ...this.#named(groups), metric, unit, value });
    }
    return rows;
  }

  /** Without a cluster where there is none. */
  #named(groups: readonly GroupValue[]): Partial<TotalsRow> {
    const named: { [Group in TotalsGroup]?: GroupValue } = {};
    this.#by.forEach((group, index) => {
      if (groups[index] !== undefined) named[group] = groups[index];
    });
    return named as Partial<TotalsRow>;
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}

function compareGroups(a: readonly GroupValue[], b: readonly GroupValue[]): number {
  for (let index = 0; index < a.length; index++) {
    const order = compareGroupValues(a[index], b[index]);
    if (order !== 0) return order;
  }
  return 0;
}
