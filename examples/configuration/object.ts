/** A configuration in code: checked at once, completed by the editor, and known to hold no typing error. */
import { defineConfig, openMetering } from '@metering/config';
import { localFsDriver } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';

const config = defineConfig({
  type: 'localfs',
  prefix: 'metering-data',
  sharedPoolId: 'shared-pool-001',
  localfs: { basePath: './usage' },
});
const metering = await openMetering(config, [localFsDriver]);
const writer = createMeteringWriter(metering);
const usage = { timestamp: 1_755_850_380, category: 'api', selfId: 'api1', data: [] };
for (const { outcome, key } of (await writer.write(usage)).pages) console.log(outcome, key);
await metering.storage.close();

// Prints:
// created metering/ru/1755850380/api/shared-pool-001/api1-0.json.gz
