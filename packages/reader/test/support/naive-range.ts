import { gunzipSync } from 'node:zlib';
import {
  type JsonValue,
  type MeteringRecord,
  parseJson,
  parseMeteringKey,
  type StorageProvider,
} from '@metering/core';
import { compareUtf8 } from '@metering/core/building-blocks';
import type { MeteringPage, RangeQuery, SetStatus, TotalsGroup } from '../../src/index.ts';

/** A set as the document of the file format tells it, read without a thought for memory or speed. */
export interface NaiveSet {
  readonly key: string;
  readonly status: SetStatus;
  readonly pages: readonly MeteringPage[];
}

/** Everything that a storage holds of a range, in order. */
export async function naiveSets(storage: StorageProvider, query: RangeQuery): Promise<NaiveSet[]> {
  const bySet = new Map<string, { page: MeteringPage; says: JsonValue | undefined }[]>();
  for await (const { key } of storage.list()) {
    const parsed = parseMeteringKey(key);
    if (parsed === undefined || parsed.timestamp < query.from || parsed.timestamp >= query.to)
      continue;
    if (query.category !== undefined && parsed.category !== query.category) continue;
    if (query.sharedPoolId !== undefined && parsed.sharedPoolId !== query.sharedPoolId) continue;
    if (query.selfId !== undefined && parsed.selfId !== query.selfId) continue;
    const body = parseJson(gunzipSync(await storage.get(key))) as Record<string, JsonValue>;
    const { parts } = body;
    const data = (body.data ?? []) as MeteringRecord[];
    const page = { key, ...parsed, ...(parts ? { parts: parts as number } : {}), data };
    const setKey = key.slice(0, key.lastIndexOf('-') + 1);
    bySet.set(setKey, [...(bySet.get(setKey) ?? []), { page, says: parts }]);
  }
  const sets = [...bySet].map(([key, pages]) => {
    pages.sort((a, b) => a.page.part - b.page.part);
    const status = statusOf(
      pages.map(({ page }) => page.part),
      pages.map(({ says }) => says),
    );
    return { key, status, pages: pages.map(({ page }) => page) };
  });
  return sets.sort((a, b) => timeOf(a) - timeOf(b) || compareUtf8(a.key, b.key));
}

function timeOf({ pages }: NaiveSet): number {
  return pages[0]?.timestamp ?? 0;
}

/** The table of the document, row by row. */
function statusOf(numbers: readonly number[], says: readonly (JsonValue | undefined)[]): SetStatus {
  const inRow = numbers.every((number, index) => number === index);
  const saying = says.filter((parts) => parts !== undefined && parts !== 0);
  if (inRow && saying.length === 1 && says.at(-1) === numbers.length) return 'complete';
  if (inRow && says.every((parts) => parts === undefined)) return 'unknown';
  return 'incomplete';
}

/** What the range calls give of such sets. */
export function naivePages(
  sets: readonly NaiveSet[],
  incomplete: 'skip' | 'include',
): MeteringPage[] {
  const given = sets.filter(({ status }) => incomplete === 'include' || status !== 'incomplete');
  return given.flatMap(({ pages }) => pages);
}

const GROUPS: Record<TotalsGroup, (page: MeteringPage, record: MeteringRecord) => unknown> = {
  cluster: (_page, record) => record.logical_cluster_id,
  category: (page) => page.category,
  sharedPoolId: (page) => page.sharedPoolId,
  selfId: (page) => page.selfId,
  minute: (page) => page.timestamp,
  hour: (page) => Math.floor(page.timestamp / 3600) * 3600,
  day: (page) => new Date(page.timestamp * 1000).setUTCHours(0, 0, 0, 0) / 1000,
};

/** Sums by their row without the value, as JSON; and how many members are in no sum. */
export function naiveTotals(pages: readonly MeteringPage[], by: readonly TotalsGroup[]) {
  const sums = new Map<string, bigint>();
  let others = 0;
  for (const page of pages) {
    for (const record of page.data) {
      const groups = Object.fromEntries(by.map((group) => [group, GROUPS[group](page, record)]));
      for (const [metric, member] of Object.entries(record)) {
        if (metric === 'logical_cluster_id') continue;
        const { value, unit } = (member ?? {}) as { value?: number | bigint; unit?: string };
        if (value === undefined || unit === undefined) {
          others += 1;
          continue;
        }
        const row = JSON.stringify({ ...groups, metric, unit });
        sums.set(row, (sums.get(row) ?? 0n) + BigInt(value));
      }
    }
  }
  return { sums, others };
}
