import type { StorageProvider } from '@metering/core';
import { expect } from 'vitest';

/** Lets stores on one empty bucket, each with its own client, create the same object at once; closes them. */
export async function expectOneWinner(storages: readonly StorageProvider[]): Promise<void> {
  const outcomes = await Promise.allSettled(
    storages.map((storage, i) => storage.put('k', new Uint8Array([i]), { mode: 'create' })),
  );
  const winners = outcomes.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
  expect(winners).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    expect(outcome.reason).toMatchObject({ code: 'ALREADY_EXISTS' });
  }
  expect(await storages[0]!.get('k')).toEqual(new Uint8Array(winners));
  await Promise.all(storages.map((storage) => storage.close()));
}
