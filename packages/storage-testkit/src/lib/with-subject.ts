import type { Subject } from './conformance-case.ts';
import { settleAll } from './settle-all.ts';
import type { StorageHarness } from './storage-harness.ts';
import type { View } from './views.ts';

/** Opens a store, runs a case on it and closes it, whatever happens. */
export async function withSubject(
  createHarness: () => Promise<StorageHarness>,
  view: View,
  run: (subject: Subject) => Promise<void>,
): Promise<void> {
  const harnesses: StorageHarness[] = [];
  const open = async () => {
    const harness = await createHarness();
    harnesses.push(harness);
    return { storage: await view.open(harness.storage), base: harness.storage };
  };
  const openAnother = async () => (await open()).storage;
  const ran = open().then((opened) => run({ ...opened, openAnother }));
  await Promise.allSettled([ran]);
  const closed = harnesses.map(async (harness) => harness.close());
  await settleAll([ran, ...closed]);
}
