// #region usage
import { createMeteringReader } from '@metering/reader';
import { createS3Storage, type S3StorageOptions } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

/** For example with `{ bucket: 'my-metering', region: 'us-west-2', assumeRoleArn: 'arn:aws:iam::…' }`. */
export async function meterOneMinute(options: S3StorageOptions, timestamp: number) {
  await using storage = createS3Storage(options);
  const data = [{ logical_cluster_id: 'acme', requests: { value: 42, unit: 'count' } }];
  const writer = createMeteringWriter({ storage });
  await writer.write({ timestamp, category: 'api', selfId: 'a1', data });

  const reader = createMeteringReader({ storage });
  for await (const page of reader.list({ timestamp })) console.log(await reader.read(page));
}
// #endregion usage
