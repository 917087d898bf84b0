// #region object
import { defineConfig, openStorage } from '@metering/config';
import { localFsDriver } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';

const config = defineConfig({
  type: 'localfs',
  prefix: 'metering-data',
  sharedPoolId: 'pool-1',
  localfs: { basePath: './usage' },
});
const storage = await openStorage(config, [localFsDriver]);
const writer = createMeteringWriter({ storage, sharedPoolId: config.sharedPoolId });
await writer.write({ timestamp: 1_755_850_380, category: 'api', selfId: 'api1', data: [] });
// #endregion object
