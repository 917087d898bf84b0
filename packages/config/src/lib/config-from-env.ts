import { ConfigError, type StorageDriver } from '@metering/core';
import { checkOptionNames } from '@metering/core/building-blocks';
import { loadConfig } from './load-config.ts';
import { DRIVERS_OPTION, type DriversOption, type StorageConfig } from './storage-config.ts';
import type { Environment } from './text/interpolate.ts';
import { parseUriOf } from './uri/parse-uri.ts';

const URI = 'METERING_STORAGE_URI';
const FILE = 'METERING_STORAGE_CONFIG';

/**
 * The configuration that the environment names: a URI in `METERING_STORAGE_URI`, or the path of a file
 * in `METERING_STORAGE_CONFIG`. One that is empty is as if not set.
 *
 * @param env Default `process.env`; it also fills `${NAME}` in the file.
 * @throws ConfigError where neither or both are set, and for what they say. Values of the environment
 *   never show in it; the path of the file does.
 */
export async function configFromEnv<const Drivers extends readonly StorageDriver[] = readonly []>(
  env: Environment = process.env,
  options: DriversOption<Drivers> = {},
): Promise<StorageConfig<Drivers>> {
  checkOptionNames('configFromEnv', options, DRIVERS_OPTION);
  const { drivers } = options;
  const uri = env[URI];
  const path = env[FILE];
  if (uri && path) throw invalid(`${URI} and ${FILE} are both set; keep one of them`, URI);
  if (uri) return parseUriOf(uri, drivers ?? [], URI) as StorageConfig<Drivers>;
  if (!path) throw invalid(`Set ${URI} to a URI, or ${FILE} to the path of a file`, URI);
  if (path.includes('://')) throw invalid(`${FILE} is a file's path; a URI goes to ${URI}`, FILE);
  return loadConfig(path, { drivers, env });
}

function invalid(message: string, source: string): ConfigError {
  return new ConfigError({ code: 'INVALID_CONFIG', message, source });
}
