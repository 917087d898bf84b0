import { openStorage } from '@metering/config';
import { createMeteringReader } from '@metering/reader';
import { localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

/** Meters what an event says, and answers with what is stored. */
export async function handler({ uri, usage }) {
  const storage = await openStorage(uri, [s3Driver, localFsDriver]);
  const egress = { value: BigInt(usage.bytes), unit: 'bytes' };
  const data = [{ logical_cluster_id: usage.cluster, egress }];
  const { timestamp } = usage;
  await createMeteringWriter({ storage }).write({ timestamp, category: 'api', selfId: 'a1', data });

  const reader = createMeteringReader({ storage });
  const lines = [];
  for await (const page of reader.list({ timestamp })) {
    for (const record of (await reader.read(page)).data) {
      lines.push(`${record.logical_cluster_id} used ${record.egress.value} ${record.egress.unit}`);
    }
  }
  await storage.close();
  return lines.join('\n');
}
