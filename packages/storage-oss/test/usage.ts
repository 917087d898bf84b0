// #region usage
import { createMeteringReader } from '@metering/reader';
import { createOssStorage, type OssStorageOptions } from '@metering/storage-oss';
import { createMeteringWriter } from '@metering/writer';

/** For example with `{ bucket: 'my-metering', region: 'cn-hangzhou', assumeRoleArn: 'acs:ram::…' }`. */
export async function meterOneMinute(options: OssStorageOptions, timestamp: number) {
  await using storage = createOssStorage(options);
  const data = [{ logical_cluster_id: 'acme', requests: { value: 42, unit: 'count' } }];
  const writer = createMeteringWriter({ storage });
  await writer.write({ timestamp, category: 'api', selfId: 'a1', data });

  const reader = createMeteringReader({ storage });
  for await (const page of reader.list({ timestamp })) console.log(await reader.read(page));
}
// #endregion usage
