import { type MeteringRecord, meteringKey, type StorageProvider } from '@metering/core';
import { createMeteringWriter } from '@metering/writer';
import fc from 'fast-check';
import { FailingStorage } from './failing-storage.ts';
import { MINUTE, putJson } from './files.ts';

/** What one instance does in one minute. */
export interface FleetAct {
  readonly minute: number;
  readonly category: string;
  readonly sharedPoolId: string;
  readonly selfId: string;
  readonly records: readonly MeteringRecord[];
  readonly how: FleetManner;
}

/**
 * - `writes`: all of it, in pages of `pageSizeBytes`
 * - `dies`: after so many changes of the storage
 * - `overwrites`: by an overwriting writer, which dies after so many changes; mostly it does not
 * - `go`: as the reference writes, without `parts`; of its pages one may be lost
 */
export type FleetManner =
  | { readonly kind: 'writes'; readonly pageSizeBytes: number }
  | { readonly kind: 'dies'; readonly pageSizeBytes: number; readonly changes: number }
  | { readonly kind: 'overwrites'; readonly pageSizeBytes: number; readonly changes: number }
  | { readonly kind: 'go'; readonly pageRecords: number; readonly lost: number };

export const FLEET_MINUTES = 6;

const value = fc.oneof(fc.nat(1000), fc.maxSafeNat(), fc.bigInt(2n ** 53n, 2n ** 64n - 1n));
const metric = fc.record({ value, unit: fc.constantFrom('bytes', 'seconds') });
const other = fc.constantFrom('text', 1.5, null, { value: 1.5 }, { unit: 'bytes' });

const fleetRecord: fc.Arbitrary<MeteringRecord> = fc
  .record(
    {
      logical_cluster_id: fc.constantFrom('lc-1', 'lc-2', '\u{1f600}', '\u{ff5e}'),
      egress: metric,
      compute: metric,
      tag: other,
    },
    { requiredKeys: [] },
  )
  .map((record) => ({ ...record }));

const pageSizeBytes = fc.constantFrom(0, 1, 100);
const manner: fc.Arbitrary<FleetManner> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('writes' as const), pageSizeBytes }) },
  fc.record({ kind: fc.constant('dies' as const), pageSizeBytes, changes: fc.nat(3) }),
  fc.record({ kind: fc.constant('overwrites' as const), pageSizeBytes, changes: fc.nat(12) }),
  fc.record({
    kind: fc.constant('go' as const),
    pageRecords: fc.integer({ min: 1, max: 3 }),
    lost: fc.constantFrom(-1, -1, 0, 1),
  }),
);

/** What a fleet does, in this order: there are gaps, late sets, and sets written again in another manner. */
export const fleet: fc.Arbitrary<FleetAct[]> = fc.array(
  fc.record({
    minute: fc.nat(FLEET_MINUTES - 1).map((index) => MINUTE + 60 * index),
    category: fc.constantFrom('tidb', 'tikv-server'),
    sharedPoolId: fc.constantFrom('p', 'p-1'),
    selfId: fc.constantFrom('n', 'n1', '\u{1f600}', '\u{ff5e}'),
    records: fc.array(fleetRecord, { maxLength: 13 }),
    how: manner,
  }),
  { maxLength: 14 },
);

export async function performAll(storage: StorageProvider, acts: readonly FleetAct[]) {
  for (const act of acts) await perform(storage, act);
}

export async function perform(storage: StorageProvider, act: FleetAct): Promise<void> {
  if (act.how.kind === 'go') return writeAsGo(storage, act, act.how);
  const { pageSizeBytes, kind } = act.how;
  const changes = act.how.kind === 'writes' ? Number.POSITIVE_INFINITY : act.how.changes;
  const overwrite = kind === 'overwrites';
  const failing = new FailingStorage(storage, changes);
  const writer = createMeteringWriter({
    storage: failing,
    pageSizeBytes,
    overwrite,
    concurrency: 1,
  });
  const { minute, category, sharedPoolId, selfId, records } = act;
  // That a set is there already, or that the storage is down, is part of the story.
  await writer
    .write({ timestamp: minute, category, sharedPoolId, selfId, data: records })
    .catch(() => undefined);
}

async function writeAsGo(
  storage: StorageProvider,
  { minute, category, sharedPoolId, selfId, records }: FleetAct,
  { pageRecords, lost }: Extract<FleetManner, { kind: 'go' }>,
): Promise<void> {
  for (let part = 0; part === 0 || part * pageRecords < records.length; part++) {
    if (part === lost) continue;
    const set = { timestamp: minute, category, self_id: selfId, shared_pool_id: sharedPoolId };
    const data = records.slice(part * pageRecords, (part + 1) * pageRecords);
    const key = meteringKey({ timestamp: minute, category, sharedPoolId, selfId, part });
    await putJson(storage, key, { ...set, part, data: data.length === 0 ? null : data });
  }
}
