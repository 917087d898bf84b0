// #region usage
import { createLocalFsStorage } from '@metering/storage-localfs';

const storage = createLocalFsStorage({ basePath: './metering-data' });

await storage.put('reports/2026-11-21.json', new TextEncoder().encode('{"total":42}'), {
  mode: 'create', // Fails with ALREADY_EXISTS if anything is there.
});
for await (const { key, size } of storage.list({ prefix: 'reports/' })) {
  console.log(key, size); // reports/2026-11-21.json 12
}
await storage.close();
// #endregion usage
