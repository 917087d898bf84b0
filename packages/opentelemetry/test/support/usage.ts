import type { MeteringData, MeteringRecord } from '@metering/core';

export const TIMESTAMP = 1755850380;

/** One record, of this many bytes of egress. */
export function record(id: string, value: number | bigint = 1): MeteringRecord {
  return { logical_cluster_id: id, egress: { value, unit: 'bytes' } };
}

/** A set of one instance. */
export function usage(...records: readonly MeteringRecord[]): MeteringData {
  return { timestamp: TIMESTAMP, category: 'api', selfId: 'a1', data: records };
}

/** The key of a page of that set. */
export function pageKey(part: number): string {
  return `metering/ru/${TIMESTAMP}/api/default-shared-pool/a1-${part}.json.gz`;
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error,
  );
}
