/** Meters into a store that speaks S3: MinIO, versitygw, Ceph, R2 and others. */
import { floorToMinute } from '@metering/core';
import { createS3Storage } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const { BUCKET = 'my-metering', S3_ENDPOINT = 'https://minio.example.com:9000' } = process.env;
const { S3_ACCESS_KEY = 'minioadmin', S3_SECRET_KEY = 'minioadmin' } = process.env;

const storage = createS3Storage({
  bucket: BUCKET,
  endpoint: S3_ENDPOINT,
  forcePathStyle: true, // https://minio.example.com:9000/my-metering
  credentials: { accessKeyId: S3_ACCESS_KEY, secretAccessKey: S3_SECRET_KEY },
});

// No such store is trusted to let one writer win: the first write tries it out.
const writer = createMeteringWriter({ storage });
const timestamp = floorToMinute(new Date());
const data = [{ logical_cluster_id: 'lc-1', requests: { value: 42, unit: 'count' } }];
const { pages } = await writer.write({ timestamp, category: 'api', selfId: 'api1', data });
for (const { outcome, key } of pages) console.log(outcome, key);
await storage.close();

// Prints:
// created metering/ru/1755850380/api/default-shared-pool/api1-0.json.gz
