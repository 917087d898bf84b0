/** Meters into a bucket of Alibaba Cloud OSS. Credentials are found by Alibaba's default chain. */
import { floorToMinute, withPrefix } from '@metering/core';
import { createOssStorage } from '@metering/storage-oss';
import { createMeteringWriter } from '@metering/writer';

const { BUCKET = 'my-metering', OSS_REGION = 'cn-hangzhou', OSS_ENDPOINT } = process.env;
const bucket = createOssStorage({ bucket: BUCKET, region: OSS_REGION, endpoint: OSS_ENDPOINT });
const storage = withPrefix(bucket, 'metering-data');

const writer = createMeteringWriter({ storage });
const timestamp = floorToMinute(new Date());
const data = [{ logical_cluster_id: 'lc-1', requests: { value: 42, unit: 'count' } }];
const { pages } = await writer.write({ timestamp, category: 'api', selfId: 'api1', data });
for (const { outcome, key } of pages) console.log(outcome, key);
await storage.close();

// Prints:
// created metering/ru/1755850380/api/default-shared-pool/api1-0.json.gz
