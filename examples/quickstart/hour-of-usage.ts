import type { MeteringData, MeteringRecord } from '@metering/core';

/** 2025-08-22, 08:00 UTC, in Unix seconds. */
const HOUR_START = 1_755_849_600;
const SECONDS_PER_MINUTE = 60;
/** The metered hour, in Unix seconds: from its first minute to before the next hour's. */
export const HOUR = { from: HOUR_START, to: HOUR_START + 60 * SECONDS_PER_MINUTE };
const MINUTES = Array.from({ length: 60 }, (_, minute) => HOUR.from + minute * SECONDS_PER_MINUTE);

interface Metric {
  readonly name: string;
  readonly unit: string;
  /** What a cluster uses of it in a minute, at most. */
  readonly limit: bigint;
}

interface Service {
  readonly category: string;
  readonly selfId: string;
  readonly clusters: readonly string[];
  readonly metrics: readonly Metric[];
}

const SERVICES: readonly Service[] = [
  {
    category: 'api',
    selfId: 'api01',
    clusters: ['acme', 'globex', 'initech'],
    metrics: [
      { name: 'requests', unit: 'count', limit: 9_000n },
      { name: 'egress', unit: 'bytes', limit: 750_000_000n },
    ],
  },
  {
    category: 'database',
    selfId: 'db01',
    clusters: ['acme', 'globex', 'hooli'],
    metrics: [
      { name: 'compute', unit: 'cpu_milliseconds', limit: 480_000n },
      { name: 'rows_read', unit: 'count', limit: 2_500_000n },
    ],
  },
  {
    category: 'storage',
    selfId: 'store01',
    clusters: ['globex', 'hooli', 'initech'],
    // 200 TB kept for a minute are 12,000,000,000,000,000 byte-seconds: beyond 2^53.
    metrics: [{ name: 'stored', unit: 'byte_seconds', limit: 12_000_000_000_000_000n }],
  },
];

/** What one service used in one minute. */
interface Usage extends MeteringData {
  readonly data: readonly MeteringRecord[];
}

/** What three services used in an hour, minute by minute: irregular, and the same every time. */
export function hourOfUsage(): Usage[] {
  const random = createRandom(2025);
  return MINUTES.flatMap((timestamp) =>
    SERVICES.map((service) => ({
      timestamp,
      category: service.category,
      selfId: service.selfId,
      data: service.clusters.flatMap((cluster) => recordOf(cluster, service.metrics, random)),
    })),
  );
}

/** One record, or none: now and then a cluster is idle. */
function recordOf(
  cluster: string,
  metrics: readonly Metric[],
  random: () => number,
): MeteringRecord[] {
  if (random() < 0.2) return [];
  const amounts = metrics.map(({ name, unit, limit }) => [
    name,
    { value: share(limit, random()), unit },
  ]);
  return [{ logical_cluster_id: cluster, ...Object.fromEntries(amounts) }];
}

const SHARE_STEPS = 1_000_003;

function share(limit: bigint, fraction: number): bigint {
  return (limit * BigInt(Math.floor(fraction * SHARE_STEPS))) / BigInt(SHARE_STEPS);
}

/** Numbers from 0 to below 1 that look random and are the same on every machine (Lehmer's method). */
function createRandom(seed: number): () => number {
  const modulus = 2 ** 31 - 1;
  let state = seed;
  return () => {
    state = (state * 48_271) % modulus;
    return state / modulus;
  };
}
