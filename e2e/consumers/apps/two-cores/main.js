import assert from 'node:assert/strict';
import { createMemoryStorage, isMeteringError, isStorageError } from '@metering/core';
import { createMeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';

const usage = { timestamp: 1_767_225_600, category: 'api', selfId: 'a1' };
const data = [{ logical_cluster_id: 'acme', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } }];
const otherData = [{ logical_cluster_id: 'acme', egress: { value: 1, unit: 'bytes' } }];

// A storage made by the application's copy of core, one by a package that has another copy.
for (const storage of [createMemoryStorage(), createLocalFsStorage()]) {
  const writer = createMeteringWriter({ storage });
  const [page] = (await writer.write({ ...usage, data })).pages;
  // The writer tells ALREADY_EXISTS of whichever core, or it would not compare.
  assert.equal((await writer.write({ ...usage, data })).pages[0].outcome, 'unchanged');
  const conflict = await writer.write({ ...usage, data: otherData }).catch((error) => error);
  assert.ok(isStorageError(conflict, 'ALREADY_EXISTS'), String(conflict));

  const absent = await storage.get('absent').catch((error) => error);
  assert.ok(isMeteringError(absent) && isStorageError(absent, 'NOT_FOUND'), String(absent));
  const invalid = await writer.write({ ...usage, timestamp: 1 }).catch((error) => error);
  assert.ok(isMeteringError(invalid), String(invalid));
  assert.equal(invalid.code, 'INVALID_INPUT');

  const { data: read } = await createMeteringReader({ storage }).read(page);
  console.log(`${storage.name}: ${read[0].egress.value}`);
}
