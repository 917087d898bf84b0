/** Says which shared pool usage belongs to, in the three places where that can be said. */
import { configFromEnv, openStorage } from '@metering/config';
import { DEFAULT_SHARED_POOL_ID, floorToMinute } from '@metering/core';
import { createMeteringReader } from '@metering/reader';
import { localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const storage = await openStorage(await configFromEnv(), [localFsDriver, s3Driver]);
const timestamp = floorToMinute(new Date());
const usage = { timestamp, category: 'tidb-server', selfId: 'tidbserver01', data: [] };

// Nowhere: the default.
const quick = createMeteringWriter({ storage });
await quick.write(usage);

// In the writer, for all that it writes. A configuration may name it: see configuration/object.ts.
const writer = createMeteringWriter({ storage, sharedPoolId: 'production-pool-001' });
await writer.write(usage);

// In the data, which goes first.
await writer.write({ ...usage, sharedPoolId: 'production-pool-002' });

const reader = createMeteringReader({ storage });
for await (const { key } of reader.list({ timestamp })) console.log(key);
const sharedPoolId = DEFAULT_SHARED_POOL_ID;
for await (const { key } of reader.list({ timestamp, sharedPoolId })) console.log('only', key);
await storage.close();

// Prints:
// metering/ru/1755850380/tidb-server/default-shared-pool/tidbserver01-0.json.gz
// metering/ru/1755850380/tidb-server/production-pool-001/tidbserver01-0.json.gz
// metering/ru/1755850380/tidb-server/production-pool-002/tidbserver01-0.json.gz
// only metering/ru/1755850380/tidb-server/default-shared-pool/tidbserver01-0.json.gz
