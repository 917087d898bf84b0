import {
  type Observers,
  type StorageDriver,
  type StorageProvider,
  withPrefix,
} from '@metering/core';
import {
  abortable,
  checkOptionNames,
  describeValue,
  type OptionNames,
} from '@metering/core/building-blocks';
import { Backends } from './backends/backends.ts';
import { missingDriver } from './backends/unknown-type.ts';
import { checkConfig } from './checks/check-config.ts';
import type { StorageConfig, StorageConfigInput } from './storage-config.ts';
import { parseUriOf } from './uri/parse-uri.ts';

/** What an open storage gets besides its configuration. The observers are the backend's. */
export interface OpenStorageOptions extends Observers {
  /** Stops the opening. */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionNames<OpenStorageOptions> = { logger: true, onEvent: true, signal: true };

/** A storage that is open, and what else its configuration says: the options of a writer. */
export interface OpenedMetering {
  /** With the configuration's prefix applied. */
  readonly storage: StorageProvider;
  /** The configuration's. */
  readonly sharedPoolId?: string | undefined;
}

/**
 * Opens the storage that a configuration or a URI names, its prefix applied. Close it when done. What a
 * configuration says besides, its shared pool, `openMetering` gives too.
 *
 * @param drivers Of the backends that may be opened: `[s3Driver, localFsDriver]`.
 * @throws ConfigError for a configuration that is wrong; `UNKNOWN_TYPE` where its driver was not passed,
 *   with the import that is missing.
 */
export async function openStorage<const Drivers extends readonly StorageDriver[]>(
  config: string | StorageConfig<Drivers> | StorageConfigInput<Drivers>,
  drivers: Drivers,
  options: OpenStorageOptions = {},
): Promise<StorageProvider> {
  checkOptionNames('openStorage', options, OPTIONS);
  return (await openMetering(config, drivers, options)).storage;
}

/**
 * Like `openStorage`, but with the shared pool that the configuration names, ready for the writer:
 * `createMeteringWriter(await openMetering(config, drivers))`. A reader takes its `storage` alone.
 */
export async function openMetering<const Drivers extends readonly StorageDriver[]>(
  config: string | StorageConfig<Drivers> | StorageConfigInput<Drivers>,
  drivers: Drivers,
  options: OpenStorageOptions = {},
): Promise<OpenedMetering> {
  checkOptionNames('openMetering', options, OPTIONS);
  const { signal, ...observers } = options;
  const checked = check(config, drivers);
  const driver = drivers.find(({ type }) => type === checked.type);
  if (driver === undefined) throw missingDriver(checked.type);
  signal?.throwIfAborted();
  const storage = await closedIfAborted(driver.open(checked, { ...observers, signal }), signal);
  const { prefix = '', sharedPoolId } = checked;
  return { storage: withPrefix(storage, prefix), sharedPoolId };
}

/** What opening needs of a configuration, whatever its drivers. */
type AnyConfig = StorageConfig<readonly StorageDriver[]>;

function check(config: unknown, drivers: readonly StorageDriver[]): AnyConfig {
  if (typeof config === 'string') return parseUriOf(config, drivers, undefined) as AnyConfig;
  if (typeof config !== 'object' || config === null) {
    throw new TypeError(`A configuration or a URI was expected, got ${describeValue(config)}`);
  }
  const backends = new Backends(drivers);
  return checkConfig({ value: config }, { backends, spelling: 'camel' }) as AnyConfig;
}

/** A storage that opens after the abort is closed again, for nobody has it. */
async function closedIfAborted(
  opening: Promise<StorageProvider>,
  signal: AbortSignal | undefined,
): Promise<StorageProvider> {
  try {
    return await abortable(opening, signal);
  } catch (error) {
    if (signal?.aborted) opening.then((storage) => storage.close()).catch(() => {});
    throw error;
  }
}
