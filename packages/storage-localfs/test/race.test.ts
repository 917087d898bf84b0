import { isStorageError } from '@metering/core';
import { nextMessage, temporaryFolder } from '@metering/testing-support';
import { expect, it } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';
import { startChild } from './support/child.ts';
import { filesBelow, listKeys } from './support/listing.ts';

const KEY = 'metering/ru/1755850380/tidb/pool/self-0.json.gz';

// To look whether a key is free and then to write it lets two writers pass the look: one of them is lost.
it('of 50 processes that create one object at once, exactly one does', {
  timeout: 300_000,
}, async () => {
  const basePath = await temporaryFolder();
  const texts = Array.from({ length: 50 }, (_, index) => `${index} `.repeat(10_000));
  const racers = texts.map((text) => startChild('racer', basePath, KEY, text));
  await Promise.all(racers.map(nextMessage));
  const outcomes = Promise.all(racers.map(nextMessage));
  for (const racer of racers) racer.send('go');

  const winner = (await outcomes).indexOf('created');
  const expected = texts.map((_, index) => (index === winner ? 'created' : 'ALREADY_EXISTS'));
  expect(await outcomes).toEqual(expected);
  const storage = createLocalFsStorage({ basePath });
  expect(new TextDecoder().decode(await storage.get(KEY))).toBe(texts[winner]);
  expect(await listKeys(storage)).toEqual([KEY]);
  expect((await filesBelow(basePath)).at(-1)).toBe(KEY);
});

it('of 50 writers in one process that create one object at once, exactly one does', async () => {
  const basePath = await temporaryFolder();
  const storages = Array.from({ length: 50 }, () => createLocalFsStorage({ basePath }));
  const outcomes = await Promise.allSettled(
    storages.map((storage, index) => storage.put(KEY, new Uint8Array([index]), { mode: 'create' })),
  );
  const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
  const losers = outcomes.filter((_, index) => index !== winner);
  expect(losers).toHaveLength(49);
  for (const loser of losers) {
    expect(loser.status === 'rejected' && isStorageError(loser.reason, 'ALREADY_EXISTS')).toBe(
      true,
    );
  }
  expect(await storages[0]!.get(KEY)).toEqual(new Uint8Array([winner]));
});
