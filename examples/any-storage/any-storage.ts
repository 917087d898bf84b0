import { openMetering } from '@metering/config';
import { stringifyJson } from '@metering/core';
import { createMetaReader, createMeteringReader } from '@metering/reader';
import { azureDriver } from '@metering/storage-azure';
import { localFsDriver } from '@metering/storage-localfs';
import { ossDriver } from '@metering/storage-oss';
import { s3Driver } from '@metering/storage-s3';
import { createMetaWriter, createMeteringWriter } from '@metering/writer';
import { gcsDriver } from 'metering-storage-gcs';

const timestamp = 1_767_225_600;
const data = ['acme', 'globex', 'initech'].map((cluster, index) => ({
  logical_cluster_id: cluster,
  egress: { value: 2n ** 64n - 1n - BigInt(index), unit: 'bytes' },
}));

const [uri = 'file:///tmp/metering-data'] = process.argv.slice(2);
// #region open
const drivers = [localFsDriver, s3Driver, ossDriver, azureDriver, gcsDriver];
const { storage, sharedPoolId } = await openMetering(uri, drivers);
// #endregion open

const writer = createMeteringWriter({ storage, sharedPoolId, pageSizeBytes: 100 });
const { pages } = await writer.write({ timestamp, category: 'api', selfId: 'api1', data });
for (const { key, outcome } of pages) console.log(outcome, key);
const owner = { clusterId: 'acme', type: 'logic', modifyTs: timestamp } as const;
await createMetaWriter({ storage }).write({ ...owner, metadata: { owner: 'Wile E.' } });

const reader = createMeteringReader({ storage });
for await (const page of reader.list({ timestamp })) {
  console.log(stringifyJson({ ...(await reader.read(page)) }));
}
const found = await createMetaReader({ storage }).read({ clusterId: 'acme' });
console.log(stringifyJson(found?.metadata ?? null));
await storage.close();
