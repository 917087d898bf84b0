/** Reads metadata: by type, of any type, by category, and as it was at a time. */
import { configFromEnv, openStorage } from '@metering/config';
import { createMetaReader } from '@metering/reader';
import { localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMetaWriter } from '@metering/writer';

const storage = await openStorage(await configFromEnv(), [localFsDriver, s3Driver]);
const clusterId = 'cluster001';

const writer = createMetaWriter({ storage });
const logic = { clusterId, type: 'logic' } as const;
await writer.write({ ...logic, modifyTs: 1_755_850_000, metadata: { nodes: 3 } });
await writer.write({ ...logic, modifyTs: 1_755_850_400, metadata: { nodes: 5 } });
await writer.write({ ...logic, category: 'tidb', modifyTs: 1_755_850_500, metadata: { cpu: 8 } });
const pool = { clusterId, type: 'sharedpool', modifyTs: 1_755_850_600 } as const;
await writer.write({ ...pool, metadata: { pool_size: 100 } });

const reader = createMetaReader({ storage });
const newest = await reader.read({ clusterId, type: 'logic' });
console.log('logic', newest?.modifyTs, newest?.metadata);

const before = await reader.read({ clusterId, type: 'logic', at: 1_755_850_399 });
console.log('logic, earlier', before?.modifyTs, before?.metadata);

const ofAnyType = await reader.read({ clusterId });
console.log('any type', ofAnyType?.type, ofAnyType?.metadata);

// Without a category only metadata that has none counts, so the two never mix.
const tidb = await reader.read({ clusterId, type: 'logic', category: 'tidb' });
console.log('tidb', tidb?.category, tidb?.metadata);

console.log('tikv', await reader.read({ clusterId, type: 'logic', category: 'tikv' }));
for await (const { key } of reader.versions({ clusterId, type: 'logic' })) console.log(key);
await storage.close();

// Prints:
// logic 1755850400 { nodes: 5 }
// logic, earlier 1755850000 { nodes: 3 }
// any type sharedpool { pool_size: 100 }
// tidb tidb { cpu: 8 }
// tikv undefined
// metering/meta/logic/cluster001/1755850000.json.gz
// metering/meta/logic/cluster001/1755850400.json.gz
