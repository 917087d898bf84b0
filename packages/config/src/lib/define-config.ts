import type { StorageDriver } from '@metering/core';
import { Backends } from './backends/backends.ts';
import { checkConfig } from './checks/check-config.ts';
import type { DriversOption, StorageConfig, StorageConfigInput } from './storage-config.ts';

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
  { drivers }: DriversOption<Drivers> = {},
): Extract<StorageConfig<Drivers>, { readonly type: Type }> {
  const backends = new Backends(drivers ?? []);
  const config = checkConfig({ value: input }, { backends, spelling: 'camel' });
  return config as Extract<StorageConfig<Drivers>, { readonly type: Type }>;
}
