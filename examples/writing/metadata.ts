/** Writes what is true of a cluster and of a shared pool from now on, with and without a category. */
import { configFromEnv, openStorage } from '@metering/config';
import { localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMetaWriter } from '@metering/writer';

const storage = await openStorage(await configFromEnv(), [localFsDriver, s3Driver]);
const writer = createMetaWriter({ storage });
const cluster = { clusterId: 'cluster001', modifyTs: Math.floor(Date.now() / 1000) };

const versions = [
  { ...cluster, type: 'logic', metadata: { env: 'production', owner: 'team-database' } },
  { ...cluster, type: 'sharedpool', metadata: { env: 'production', pool_size: 100 } },
  { ...cluster, type: 'logic', category: 'tidb', metadata: { version: '7.5.0', nodes: 3 } },
  { ...cluster, type: 'logic', category: 'tikv', metadata: { version: '7.5.0', nodes: 5 } },
] as const;

for (const version of versions) {
  const { outcome, key } = await writer.write(version);
  console.log(outcome, key);
}
await storage.close();

// Prints:
// created metering/meta/logic/cluster001/1755850419.json.gz
// created metering/meta/sharedpool/cluster001/1755850419.json.gz
// created metering/meta/logic/tidb/cluster001/1755850419.json.gz
// created metering/meta/logic/tikv/cluster001/1755850419.json.gz
