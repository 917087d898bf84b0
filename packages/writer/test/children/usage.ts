// #region metering
import { floorToMinute } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';

const storage = createLocalFsStorage({ basePath: './metering-data' });
const writer = createMeteringWriter({ storage });

const { pages } = await writer.write({
  timestamp: floorToMinute(new Date()), // Unix seconds of a whole minute.
  category: 'tidb-server', // The kind of service.
  selfId: 'tidb01', // This instance; without "-".
  data: [
    { logical_cluster_id: 'lc-1', compute_seconds: { value: 3600, unit: 'seconds' } },
    { logical_cluster_id: 'lc-2', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } },
  ],
});
for (const { key, records, outcome } of pages) console.log(key, records, outcome);
// #endregion metering

// #region meta
const metaWriter = createMetaWriter({ storage });
await metaWriter.write({
  clusterId: 'lc-1',
  type: 'logic', // Or 'sharedpool'.
  modifyTs: Math.floor(Date.now() / 1000), // True from then on, in Unix seconds.
  metadata: { plan: 'standard', nodes: 3 },
});
// #endregion meta
