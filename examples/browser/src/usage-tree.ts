import type { MeteringKey, MeteringRecord } from '@metering/core';
import { isMetric, isMetricValue, isPlainObject } from '@metering/core/building-blocks';

/** One line of the tree: a minute, a category, a shared pool, an instance or a page. */
export interface UsageNode {
  readonly label: string;
  /** What lines beside each other are ordered by. */
  readonly order: number | string;
  readonly children: Map<string, UsageNode>;
  pages: number;
  records: number;
  /** Exact totals by metric and unit: `egress (bytes)`. */
  readonly totals: Map<string, bigint>;
}

/** A node without anything in it. */
export function emptyNode(label = '', order: number | string = label): UsageNode {
  return { label, order, children: new Map(), pages: 0, records: 0, totals: new Map() };
}

/** Adds a page to every node on the way of its key: minute → category → pool → instance → page. */
export function addPage(
  root: UsageNode,
  key: MeteringKey,
  records: readonly MeteringRecord[],
): void {
  const totals = totalsOf(records);
  for (const node of wayOf(root, key)) {
    node.pages += 1;
    node.records += records.length;
    for (const [metric, amount] of totals) addTo(node.totals, metric, amount);
  }
}

function* wayOf(root: UsageNode, key: MeteringKey): Generator<UsageNode> {
  const { timestamp, category, sharedPoolId, selfId, part } = key;
  let node = root;
  yield node;
  const steps: readonly (readonly [label: string, order: number | string])[] = [
    [minuteLabel(timestamp), timestamp],
    [category, category],
    [sharedPoolId, sharedPoolId],
    [selfId, selfId],
    [`page ${part}`, part],
  ];
  for (const [label, order] of steps) {
    const child = node.children.get(label) ?? emptyNode(label, order);
    node.children.set(label, child);
    node = child;
    yield node;
  }
}

/** A minute in UTC: `2025-08-22 08:13`. */
function minuteLabel(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

function totalsOf(records: readonly MeteringRecord[]): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const record of records) {
    for (const [metric, used] of Object.entries(record)) {
      if (!isPlainObject(used) || !isMetric(used) || !isMetricValue(used.value)) continue;
      addTo(totals, `${metric} (${used.unit})`, BigInt(used.value));
    }
  }
  return totals;
}

function addTo(totals: Map<string, bigint>, metric: string, amount: bigint): void {
  totals.set(metric, (totals.get(metric) ?? 0n) + amount);
}

/** Which column the tree is sorted by: its label, how many records, or the total of a metric. */
export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** The column of labels and of how many records; every other one is a metric's. */
export const KEY_COLUMN = 'Key';
export const RECORDS_COLUMN = 'Records';

/** A node's children in the order asked for. What is equal stays in the order of keys. */
export function sortedChildren(node: UsageNode, { column, descending }: Sorting): UsageNode[] {
  const byKey = [...node.children.values()].sort((a, b) => compare(a.order, b.order));
  const direction = descending ? -1 : 1;
  return byKey.sort((a, b) => direction * compare(amountIn(a, column), amountIn(b, column)));
}

function amountIn(node: UsageNode, column: string): number | string | bigint {
  if (column === KEY_COLUMN) return node.order;
  if (column === RECORDS_COLUMN) return node.records;
  return node.totals.get(column) ?? -1n;
}

function compare<T extends number | string | bigint>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
