/** Tells apart what can go wrong with a write, and what to do about it. */
import { configFromEnv, openStorage } from '@metering/config';
import { floorToMinute, isMeteringError, isStorageError, ValidationError } from '@metering/core';
import { localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const storage = await openStorage(await configFromEnv(), [localFsDriver, s3Driver]);
const writer = createMeteringWriter({ storage });

async function meter(usage: Parameters<typeof writer.write>[0]): Promise<void> {
  // #region handle
  try {
    const { pages } = await writer.write(usage);
    for (const { key, outcome } of pages) console.log(outcome, key);
  } catch (error) {
    if (isStorageError(error, 'ALREADY_EXISTS')) {
      console.log('other data is stored there:', error.key);
    } else if (error instanceof ValidationError) {
      for (const { path, code } of error.issues) console.log('wrong:', path, code);
    } else if (isMeteringError(error) && error.retryable) {
      console.log('write the same again later:', error.message);
    } else {
      throw error;
    }
  }
  // #endregion handle
}

const timestamp = floorToMinute(new Date());
const usage = { timestamp, category: 'tidb-server', selfId: 'tidbserver01' };
await meter({ ...usage, data: [{ requests: { value: 1, unit: 'count' } }] });
await meter({ ...usage, data: [{ requests: { value: 1, unit: 'count' } }] }); // A retry is safe.
await meter({ ...usage, data: [{ requests: { value: 2, unit: 'count' } }] });
await meter({ ...usage, selfId: 'tidb-server-01', data: [] });
await meter({
  ...usage,
  data: [{ sent: { value: -1, unit: 'bytes' }, read: { value: 0.5, unit: 's' } }],
});
await storage.close();

// Prints:
// created metering/ru/1755850380/tidb-server/default-shared-pool/tidbserver01-0.json.gz
// unchanged metering/ru/1755850380/tidb-server/default-shared-pool/tidbserver01-0.json.gz
// other data is stored there: metering/ru/1755850380/tidb-server/default-shared-pool/tidbserver01-0.json.gz
// wrong: selfId INVALID_CHARACTER
// wrong: data[0].sent.value OUT_OF_RANGE
// wrong: data[0].read.value NOT_AN_INTEGER
