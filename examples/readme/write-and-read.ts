import { floorToMinute } from '@metering/core';
import { createMeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';

const storage = createLocalFsStorage({ basePath: './metering-data' });
const timestamp = floorToMinute(new Date());
const data = [{ logical_cluster_id: 'acme', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } }];
await createMeteringWriter({ storage }).write({ timestamp, category: 'api', selfId: 'a1', data });

const reader = createMeteringReader({ storage });
for await (const page of reader.list({ timestamp })) console.log((await reader.read(page)).data);
