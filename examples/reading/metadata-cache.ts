/** Reads metadata through a cache that survives a restart, and shows what it may miss for a while. */
import { configFromEnv, openStorage } from '@metering/config';
import { createMetaReader } from '@metering/reader';
import { createLocalFsStorage, localFsDriver } from '@metering/storage-localfs';
import { s3Driver } from '@metering/storage-s3';
import { createMetaWriter } from '@metering/writer';

const storage = await openStorage(await configFromEnv(), [localFsDriver, s3Driver]);
const writer = createMetaWriter({ storage });
const meta = { clusterId: 'cluster001', type: 'logic', modifyTs: 1_755_850_000 } as const;
await writer.write({ ...meta, metadata: { nodes: 3 } });

// In memory, 64 MiB, which is the default. Each read lists, so it sees every change at once.
const watchful = createMetaReader({ storage });
// On disk too, 100 MiB. What a listing told holds for a minute: no request at all in that while.
const thrifty = createMetaReader({
  storage,
  cache: {
    maxBytes: 100 * 1024 * 1024,
    storage: createLocalFsStorage({ basePath: './meta-cache' }),
    listingMaxAgeMs: 60_000,
  },
});

const { clusterId, type } = meta;
console.log('watchful', (await watchful.read({ clusterId, type }))?.metadata);
console.log('thrifty', (await thrifty.read({ clusterId, type }))?.metadata);

await writer.write({ ...meta, metadata: { nodes: 5 } }, { overwrite: true });
console.log('watchful', (await watchful.read({ clusterId, type }))?.metadata);
console.log('thrifty', (await thrifty.read({ clusterId, type }))?.metadata);
await storage.close();

// Prints:
// watchful { nodes: 3 }
// thrifty { nodes: 3 }
// watchful { nodes: 5 }
// thrifty { nodes: 3 }
