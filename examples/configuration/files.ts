/** Loads configuration files in YAML, JSON and TOML, and opens one of them. */
import { join } from 'node:path';
import { loadConfig, openMetering } from '@metering/config';
import { localFsDriver } from '@metering/storage-localfs';
import { createMeteringWriter } from '@metering/writer';

const folder = import.meta.dirname;
// The files take STORAGE_SECRET and STORAGE_FOLDER from the environment.
for (const file of ['s3.yaml', 'oss.json', 'localfs.toml']) {
  const config = await loadConfig(join(folder, file));
  console.log(config.type, config.sharedPoolId, config.prefix);
}

const config = await loadConfig(join(folder, 'localfs.toml'));
const metering = await openMetering(config, [localFsDriver]);
const writer = createMeteringWriter(metering);
const usage = { timestamp: 1_755_850_380, category: 'api', selfId: 'api1', data: [] };
for (const { outcome, key } of (await writer.write(usage)).pages) console.log(outcome, key);
await metering.storage.close();

// Prints:
// s3 shared-pool-001 metering-data
// oss shared-pool-002 undefined
// localfs shared-pool-003 metering-data
// created metering/ru/1755850380/api/shared-pool-003/api1-0.json.gz
