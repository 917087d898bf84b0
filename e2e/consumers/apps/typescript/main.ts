import { defineConfig, openStorage } from '@metering/config';
import { type MeteringData, type StorageProvider, stringifyJson } from '@metering/core';
import { instrumentMeteringWriter } from '@metering/opentelemetry';
import { createMeteringReader } from '@metering/reader';
import { azureDriver } from '@metering/storage-azure';
import { localFsDriver } from '@metering/storage-localfs';
import { ossDriver } from '@metering/storage-oss';
import { s3Driver } from '@metering/storage-s3';
import { runStorageConformance } from '@metering/storage-testkit';
import { createMeteringWriter } from '@metering/writer';

const config = defineConfig({ type: 'localfs', localfs: { basePath: './metering-data' } });
const drivers = [localFsDriver, s3Driver, ossDriver, azureDriver];
const storage: StorageProvider = await openStorage(config, drivers);
const usage: MeteringData = {
  timestamp: 1_767_225_600,
  category: 'api',
  selfId: 'a1',
  data: [{ logical_cluster_id: 'acme', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } }],
};
const writer = instrumentMeteringWriter(createMeteringWriter({ storage }));
await writer.write(usage);

const reader = createMeteringReader({ storage });
for await (const page of reader.list({ timestamp: usage.timestamp })) {
  for (const { logical_cluster_id, egress } of (await reader.read(page)).data) {
    console.log(`${logical_cluster_id} used ${stringifyJson(egress ?? null)}`);
  }
}
await storage.close();

/** Only its types are of interest here. */
export const conformance: typeof runStorageConformance = runStorageConformance;
