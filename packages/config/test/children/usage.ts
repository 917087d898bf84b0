// #region usage
import { configFromEnv, openMetering } from '@metering/config';
import { localFsDriver } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';

// METERING_STORAGE_URI=file:///var/lib/usage?shared-pool-id=pool-1
const metering = await openMetering(await configFromEnv(), [localFsDriver]);
const writer = createMeteringWriter(metering);
await writer.write({ timestamp: 1_755_850_380, category: 'api', selfId: 'api1', data: [] });
await metering.storage.close();
// #endregion usage
