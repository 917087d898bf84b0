/** Reads the usage of a minute: its categories, the pages of one of them, and what is in them. */
import { configFromEnv, openStorage } from '@metering/config';
import { createMeteringReader } from '@metering/reader';
import { localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const storage = await openStorage(await configFromEnv(), [localFsDriver, s3Driver]);
const timestamp = 1_755_850_380;

const writer = createMeteringWriter({ storage });
const data = [{ logical_cluster_id: 'lc-1', requests: { value: 2n ** 64n - 1n, unit: 'count' } }];
await writer.write({ timestamp, category: 'tidb-server', selfId: 'tidb01', data });
await writer.write({ timestamp, category: 'tidb-server', selfId: 'tidb02', data });
await writer.write({ timestamp, category: 'tikv-server', selfId: 'tikv01', data });

const reader = createMeteringReader({
  storage,
  onSkipped: ({ key, reason }) => console.error(`not billed: ${key}: ${reason}`),
});
const categories = await reader.categories(timestamp);
console.log(categories);

for await (const { key, selfId, part } of reader.list({ timestamp, category: categories[0] })) {
  console.log(key, selfId, part);
}

// Many at once, a bounded number at a time; each tells its own outcome.
const results = reader.readMany(reader.list({ timestamp }));
let total = 0n;
for await (const result of results) {
  if (!result.ok) throw result.error;
  for (const record of result.page.data) {
    const { value } = record.requests as { readonly value: number | bigint };
    total += BigInt(value);
  }
}
console.log(total);
await storage.close();

// Prints:
// [ 'tidb-server', 'tikv-server' ]
// metering/ru/1755850380/tidb-server/default-shared-pool/tidb01-0.json.gz tidb01 0
// metering/ru/1755850380/tidb-server/default-shared-pool/tidb02-0.json.gz tidb02 0
// 55340232221128654845n
