// #region pages
import { createMetaReader, createMeteringReader } from '@metering/reader';
import { createLocalFsStorage } from '@metering/storage-localfs';

const storage = createLocalFsStorage({ basePath: './metering-data' });
const reader = createMeteringReader({
  storage,
  onSkipped: ({ key, reason }) => console.error(`not billed: ${key}: ${reason}`),
});

const timestamp = 1755850380; // Unix seconds of a whole minute.
const pages = reader.list({ timestamp, category: 'tidb-server' });
for await (const result of reader.readMany(pages)) {
  if (!result.ok) throw result.error;
  const { selfId, part, data } = result.page;
  console.log(selfId, part, data);
}
// #endregion pages

// #region meta
const metaReader = createMetaReader({ storage });
const meta = await metaReader.read({ clusterId: 'lc-1', type: 'logic', at: timestamp });
console.log(meta?.modifyTs, meta?.metadata);
// #endregion meta

// #region cache
const cachingReader = createMetaReader({
  storage,
  cache: {
    storage: createLocalFsStorage({ basePath: './meta-cache' }), // Survives a restart.
    listingMaxAgeMs: 10_000, // What is written may go unseen for 10 s.
  },
});
// #endregion cache
console.log((await cachingReader.read({ clusterId: 'lc-1' }))?.key);
