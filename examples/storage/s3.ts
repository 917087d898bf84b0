/** Meters into a bucket of Amazon S3. Credentials and region are found as the AWS SDK finds them. */
import { floorToMinute, withPrefix } from '@metering/core';
import { createS3Storage } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const { BUCKET = 'my-metering' } = process.env;
const storage = withPrefix(createS3Storage({ bucket: BUCKET }), 'metering-data');

const writer = createMeteringWriter({ storage });
const timestamp = floorToMinute(new Date());
const data = [{ logical_cluster_id: 'lc-1', requests: { value: 42, unit: 'count' } }];
const { pages } = await writer.write({ timestamp, category: 'api', selfId: 'api1', data });
for (const { outcome, key } of pages) console.log(outcome, key);
await storage.close();

// Prints:
// created metering/ru/1755850380/api/default-shared-pool/api1-0.json.gz
