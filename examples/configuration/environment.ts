/** Opens what the environment names: a URI in METERING_STORAGE_URI, or a file in METERING_STORAGE_CONFIG. */
import { configFromEnv, openMetering } from '@metering/config';
import { azureDriver } from '@metering/storage-azure';
import { localFsDriver } from '@metering/storage-localfs';
import { ossDriver } from '@metering/storage-oss';
import { s3Driver } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const config = await configFromEnv();
const metering = await openMetering(config, [localFsDriver, s3Driver, ossDriver, azureDriver]);
const writer = createMeteringWriter(metering);
const usage = { timestamp: 1_755_850_380, category: 'api', selfId: 'api1', data: [] };
for (const { outcome, key } of (await writer.write(usage)).pages) console.log(outcome, key);
await metering.storage.close();

// Prints:
// created metering/ru/1755850380/api/default-shared-pool/api1-0.json.gz
