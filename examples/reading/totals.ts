/** Adds up an hour by customer, exactly, and tells whether anything of it is missing. */
import { configFromEnv, openStorage } from '@metering/config';
import { createMeteringReader } from '@metering/reader';
import { localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const storage = await openStorage(await configFromEnv(), [localFsDriver, s3Driver]);
const hour = { from: 1_755_849_600, to: 1_755_853_200 }; // 08:00 to 09:00 UTC

const writer = createMeteringWriter({ storage });
for (const minute of [0, 1, 3]) {
  const timestamp = hour.from + minute * 60;
  const data = [
    { logical_cluster_id: 'acme', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } },
    { logical_cluster_id: 'globex', egress: { value: minute, unit: 'bytes' } },
  ];
  await writer.write({ timestamp, category: 'api', selfId: 'api1', data });
}

const reader = createMeteringReader({ storage });
// A set of which pages are missing is an error here; `incomplete` says otherwise.
const { rows, sets } = await reader.totals({ ...hour, by: 'cluster' });
for (const { cluster, metric, value, unit } of rows) console.log(cluster, metric, value, unit);
console.log(sets);

// An instance that is up writes a page each minute, be it an empty one: silence is an outage.
for await (const { kind, selfId, from, to } of reader.gaps(hour))
  console.log(kind, selfId, from, to);
await storage.close();

// Prints:
// acme egress 55340232221128654845n bytes
// globex egress 4n bytes
// { complete: 3, unknown: 0, incomplete: 0 }
// silent api1 1755849720 1755849780
// silent api1 1755849840 1755853200
