/** Meters one minute of two services, whichever storage METERING_STORAGE_URI names. */
import { configFromEnv, openMetering } from '@metering/config';
import { floorToMinute } from '@metering/core';
import { localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const metering = await openMetering(await configFromEnv(), [localFsDriver, s3Driver]);
const writer = createMeteringWriter(metering);
const timestamp = floorToMinute(new Date());

const services = [
  {
    category: 'tidb-server',
    selfId: 'tidbserver01', // The instance that writes; without "-".
    data: [
      {
        logical_cluster_id: 'lc-prod-001',
        compute_seconds: { value: 3600, unit: 'seconds' },
        memory_mb: { value: 4096, unit: 'MB' },
      },
      { logical_cluster_id: 'lc-prod-002', compute_seconds: { value: 7200, unit: 'seconds' } },
    ],
  },
  {
    category: 'tikv-server',
    selfId: 'tikvserver01',
    data: [
      // Beyond 2^53 a number would lose digits; a bigint loses none.
      { logical_cluster_id: 'lc-prod-001', read: { value: 2n ** 64n - 1n, unit: 'bytes' } },
    ],
  },
];

for (const service of services) {
  const { pages } = await writer.write({ timestamp, ...service });
  for (const { outcome, key, records } of pages) console.log(outcome, key, records);
}
await metering.storage.close();

// Prints:
// created metering/ru/1755850380/tidb-server/default-shared-pool/tidbserver01-0.json.gz 2
// created metering/ru/1755850380/tikv-server/default-shared-pool/tikvserver01-0.json.gz 1
