// #region usage
import { createMeteringReader } from '@metering/reader';
import { type AzureStorageOptions, createAzureStorage } from '@metering/storage-azure';
import { createMeteringWriter } from '@metering/writer';

/** For example with `{ container: 'my-metering', accountName: 'myaccount', accountKey }`. */
export async function meterOneMinute(options: AzureStorageOptions, timestamp: number) {
  await using storage = createAzureStorage(options);
  const data = [{ logical_cluster_id: 'acme', requests: { value: 42, unit: 'count' } }];
  const writer = createMeteringWriter({ storage });
  await writer.write({ timestamp, category: 'api', selfId: 'a1', data });

  const reader = createMeteringReader({ storage });
  for await (const page of reader.list({ timestamp })) console.log(await reader.read(page));
}
// #endregion usage
