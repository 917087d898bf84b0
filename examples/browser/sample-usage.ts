import type { MeteringRecord, StorageProvider } from '@metering/core';
import { createMeteringWriter } from '@metering/writer';

/** 2025-08-22, 08:00 UTC, and the two minutes after it, in Unix seconds. */
const MINUTES = [1_755_849_600, 1_755_849_660, 1_755_849_720];
const POOLS = ['default-shared-pool', 'pool-eu'];
const CUSTOMERS = ['acme', 'globex', 'hooli', 'initech'];
/** Small, so that some sets have two pages. */
const PAGE_SIZE_BYTES = 330;

/** What two services used in three minutes, the same every time; much of it beyond 2^53. */
export async function writeSampleUsage(storage: StorageProvider): Promise<void> {
  const writer = createMeteringWriter({ storage, pageSizeBytes: PAGE_SIZE_BYTES });
  for (const [minute, timestamp] of MINUTES.entries()) {
    for (const [index, sharedPoolId] of POOLS.entries()) {
      const seed = minute * 7 + index * 3;
      const api = { timestamp, category: 'api', sharedPoolId };
      await writer.write({ ...api, selfId: 'api01', data: requests(seed) });
      await writer.write({ ...api, selfId: 'api02', data: requests(seed + 1).slice(2) });
      await writer.write({
        timestamp,
        category: 'storage',
        sharedPoolId,
        selfId: 'store01',
        data: stored(seed),
      });
    }
  }
}

function requests(seed: number): MeteringRecord[] {
  return CUSTOMERS.map((logical_cluster_id, index) => ({
    logical_cluster_id,
    egress: { value: BigInt(seed + 2) * 1_234_567_890_123n * BigInt(index + 1), unit: 'bytes' },
    requests: { value: (seed + 1) * 7_919 * (index + 3), unit: 'count' },
  }));
}

/** Its largest value is the largest that a page can hold: 2^64 - 1. */
function stored(seed: number): MeteringRecord[] {
  return CUSTOMERS.slice(0, 2).map((logical_cluster_id, index) => ({
    logical_cluster_id,
    stored: { value: 2n ** 64n - 1n - BigInt(seed * 1_000_003 * index), unit: 'byte_seconds' },
  }));
}
