import { createMeteringWriter } from '@metering/writer';
import { FailingStorage } from './failing-storage.ts';
import { MINUTE, PAGE } from './files.ts';
import type { ForwardingStorage } from './forwarding-storage.ts';

const RECORDS = [1, 2, 3].map((value) => ({ egress: { value, unit: 'bytes' } }));

/** Writes a set of three pages, or as many of them as `changes` allow. */
export async function writeSet(
  storage: ForwardingStorage,
  selfId: string,
  { changes = 3, timestamp = MINUTE, overwrite = false } = {},
) {
  const failing = new FailingStorage(storage, changes);
  const writer = createMeteringWriter({ storage: failing, pageSizeBytes: 1, overwrite });
  const { category, sharedPoolId } = PAGE;
  await writer
    .write({ timestamp, category, sharedPoolId, selfId, data: RECORDS })
    .catch(() => undefined);
}
