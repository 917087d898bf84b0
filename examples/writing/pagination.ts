/** Splits one set of records into pages of about a kilobyte, and reads them back as one. */
import { configFromEnv, openMetering } from '@metering/config';
import { floorToMinute } from '@metering/core';
import { createMeteringReader } from '@metering/reader';
import { localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const { storage } = await openMetering(await configFromEnv(), [localFsDriver, s3Driver]);
const writer = createMeteringWriter({ storage, pageSizeBytes: 1024 }); // Default: 16 MiB.

/** Records may come from any iterable: here they are made as they are written. */
function* clusters() {
  for (let index = 1; index <= 20; index++) {
    yield {
      logical_cluster_id: `lc-large-${index}`,
      compute_seconds: { value: 3600 + index * 100, unit: 'seconds' },
      memory_mb: { value: 4096 + index * 512, unit: 'MB' },
    };
  }
}

const timestamp = floorToMinute(new Date());
const set = { timestamp, category: 'tidb-server', selfId: 'tidbserverlarge01' };
const { pages } = await writer.write({ ...set, data: clusters() });
for (const { key, records } of pages) console.log(key, records);

const reader = createMeteringReader({ storage });
for await (const info of reader.list(set)) {
  const { part, parts, data } = await reader.read(info);
  // Only the last page says how many there are: without it the set is known to be incomplete.
  console.log(part, parts, data[0]?.logical_cluster_id);
}
await storage.close();

// Prints:
// metering/ru/1755850380/tidb-server/default-shared-pool/tidbserverlarge01-0.json.gz 8
// metering/ru/1755850380/tidb-server/default-shared-pool/tidbserverlarge01-1.json.gz 8
// metering/ru/1755850380/tidb-server/default-shared-pool/tidbserverlarge01-2.json.gz 4
// 0 undefined lc-large-1
// 1 undefined lc-large-9
// 2 3 lc-large-17
