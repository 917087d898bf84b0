import { type JsonValue, type MeteringRecord, stringifyJson } from '@metering/core';
import { SeededRandom } from './seeded-random.ts';

/** The kinds of records that can be measured. */
export const DATA_SETS = {
  random: 'the metrics of each record in random order',
  subset: 'the metrics of each record in one order',
  realistic: 'as subset, but 25% of the values 0 and 35% one of ten common ones',
  uniform: 'the same five metrics in every record',
  tags: 'as random, and three random strings in each record',
  names: 'as random, of 1,000 names of metrics',
  nested: 'as random, and an object of objects in each record',
} as const;

export type DataSetName = keyof typeof DATA_SETS;

export interface DataSet {
  readonly records: MeteringRecord[];
  /** The records alone: no commas, no envelope. */
  readonly jsonBytes: number;
}

interface MetricName {
  readonly name: string;
  readonly unit: string;
}

const METRICS: readonly MetricName[] = [
  { name: 'compute_seconds', unit: 'seconds' },
  { name: 'memory_mb', unit: 'MB' },
  { name: 'storage_gb', unit: 'GB' },
  { name: 'network_in_bytes', unit: 'bytes' },
  { name: 'network_out_bytes', unit: 'bytes' },
  { name: 'disk_read_iops', unit: 'iops' },
  { name: 'disk_write_iops', unit: 'iops' },
  { name: 'cpu_utilization', unit: 'permille' },
  { name: 'request_count', unit: 'count' },
  { name: 'error_count', unit: 'count' },
];
const COMMON_VALUES = [1, 2, 4, 8, 60, 3600, 1024, 4096, 8192, 16384];
const TEAMS = ['billing', 'core', 'data', 'edge', 'identity', 'search', 'storage', 'web'];
const SEED = 20250822;

/** Records of one kind, the same in every run, until their JSON has so many bytes. */
export function createDataSet(name: DataSetName, jsonBytes: number): DataSet {
  const next = recordMaker(name, new SeededRandom(SEED));
  const records: MeteringRecord[] = [];
  let size = 0;
  while (size < jsonBytes) {
    const record = next();
    records.push(record);
    size += stringifyJson(record).length;
  }
  return { records, jsonBytes: size };
}

function recordMaker(name: DataSetName, random: SeededRandom): () => MeteringRecord {
  switch (name) {
    case 'random':
      return () => metricsRecord(random, someOf(random, METRICS));
    case 'subset':
      return () => metricsRecord(random, inListOrder(someOf(random, METRICS)));
    case 'realistic':
      return () => metricsRecord(random, inListOrder(someOf(random, METRICS)), realisticValue);
    case 'uniform':
      return () => metricsRecord(random, METRICS.slice(0, 5));
    case 'tags':
      return () => ({ ...metricsRecord(random, someOf(random, METRICS)), ...tags(random) });
    case 'names': {
      const metrics = thousandMetrics();
      return () => metricsRecord(random, someOf(random, metrics));
    }
    case 'nested':
      return () => ({ ...metricsRecord(random, someOf(random, METRICS)), meta: nested(random) });
  }
}

function metricsRecord(
  random: SeededRandom,
  metrics: readonly MetricName[],
  value: (random: SeededRandom) => JsonValue = anyValue,
): MeteringRecord {
  const record: Record<string, JsonValue> = { logical_cluster_id: `lc-${hex(random)}` };
  for (const { name, unit } of metrics) record[name] = { value: value(random), unit };
  return record;
}

function hex(random: SeededRandom): string {
  return random.uint32().toString(16).padStart(8, '0');
}

function someOf(random: SeededRandom, metrics: readonly MetricName[]): MetricName[] {
  return random.sample(metrics, random.between(2, 8));
}

function inListOrder(metrics: readonly MetricName[]): MetricName[] {
  return METRICS.filter((metric) => metrics.includes(metric));
}

function anyValue(random: SeededRandom): JsonValue {
  if (random.fraction() < 0.01) return random.bigint();
  return random.bits(random.between(3, 53));
}

function realisticValue(random: SeededRandom): JsonValue {
  const kind = random.fraction();
  if (kind < 0.25) return 0;
  if (kind < 0.6) return random.pick(COMMON_VALUES);
  return random.bits(random.between(3, 30));
}

function tags(random: SeededRandom): Record<string, string> {
  const text = () => random.alphanumeric(random.between(8, 16));
  return { host: text(), tenant: text(), job: text() };
}

function thousandMetrics(): MetricName[] {
  const components = 'api auth billing cache gateway index queue scheduler search store'.split(' ');
  const resources = 'bytes calls connections cpu disk errors memory pages rows threads'.split(' ');
  const suffixes = 'avg count delta max min p50 p99 rate sum total'.split(' ');
  return components.flatMap((component) =>
    resources.flatMap((resource) =>
      suffixes.map((suffix) => ({ name: `${component}_${resource}_${suffix}`, unit: resource })),
    ),
  );
}

function nested(random: SeededRandom): JsonValue {
  return {
    region: random.pick(['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1']),
    labels: { team: random.pick(TEAMS), plan: random.pick(['free', 'dev', 'premium']) },
    quotas: { storage: random.bits(30), requests: random.bits(20) },
    suspended: random.fraction() < 0.1,
  };
}
