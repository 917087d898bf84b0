/** A service in Node that shares a bucket with one in Go: meters its own minute, then bills both. */
import { configFromEnv, openMetering } from '@metering/config';
import { createMeteringReader } from '@metering/reader';
import { s3Driver } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

// METERING_STORAGE_URI=s3://bucket/usage?region-id=us-west-2, the same as the Go service has
const metering = await openMetering(await configFromEnv(), [s3Driver]);
const timestamp = Number(process.argv[2]);

const writer = createMeteringWriter(metering);
const data = [{ logical_cluster_id: 'lc-1', requests: { value: 2n ** 64n - 1n, unit: 'count' } }];
const { pages } = await writer.write({ timestamp, category: 'api', selfId: 'node1', data });
for (const { outcome, key } of pages) console.log(outcome, key);

const reader = createMeteringReader({ storage: metering.storage });
const minute = { from: timestamp, to: timestamp + 60 };
const { rows, sets } = await reader.totals({ ...minute, by: 'cluster' });
for (const { cluster, value, unit } of rows) console.log(cluster, String(value), unit);
// Sets that Go wrote are unknown: they do not say how many pages they have.
console.log(sets);
await metering.storage.close();
