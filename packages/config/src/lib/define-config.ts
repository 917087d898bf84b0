import type { StorageDriver } from '@metering/core';
import { checkOptionNames } from '@metering/core/building-blocks';
import { Backends } from './backends/backends.ts';
import { checkConfig } from './checks/check-config.ts';
import {
  DRIVERS_OPTION,
  type DriversOption,
  type StorageConfig,
  type StorageConfigInput,
} from './storage-config.ts';

/**
 * A configuration from an object, completed and checked in the editor, and checked at once.
 *
 * @param input Secrets as plain text or as a `Secret`.
 * @throws ConfigError `INVALID_CONFIG` with every finding, each with its path; `UNKNOWN_TYPE`.
 */
export function defineConfig<
  const Drivers extends readonly StorageDriver[] = readonly [],
  const Type extends StorageConfig<Drivers>['type'] = StorageConfig<Drivers>['type'],
>(
  input: StorageConfigInput<Drivers> & { readonly type: Type },
  options: DriversOption<Drivers> = {},
): Extract<StorageConfig<Drivers>, { readonly type: Type }> {
  checkOptionNames('defineConfig', options, DRIVERS_OPTION);
  const backends = new Backends(options.drivers ?? []);
  const config = checkConfig({ value: input }, { backends, spelling: 'camel' });
  return config as Extract<StorageConfig<Drivers>, { readonly type: Type }>;
}
