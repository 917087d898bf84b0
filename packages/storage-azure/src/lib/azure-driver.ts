import type { DriverConfig, SecretValue, StorageDriver } from '@metering/core';
import { checkOptionNames } from '@metering/core/building-blocks';
import { AZURE_OPTIONS, type AzureStorageOptions } from './azure-options.ts';
import { createAzureStorage } from './azure-storage.ts';

/** The section `azure` of a configuration: the account, and how to log in to it. */
export interface AzureSection {
  readonly accountName?: string | undefined;
  readonly accountKey?: SecretValue | undefined;
  readonly sasToken?: SecretValue | undefined;
}

/** What a driver may be given in code: everything but what a configuration names. */
export type AzureDriverOptions = Partial<Omit<AzureStorageOptions, 'container'>>;

/**
 * A driver that opens containers with options of its own (a client, a credential); where a configuration
 * says the same thing, that goes first.
 *
 * @throws TypeError for an option that there is not.
 */
export function createAzureDriver(
  options: AzureDriverOptions = {},
): StorageDriver<AzureSection, 'azure'> {
  const { container: _container, ...names } = AZURE_OPTIONS;
  checkOptionNames('createAzureDriver', options, names);
  return {
    type: 'azure',
    schemes: ['azure', 'azblob'],
    requiresBucket: true,
    open: async (config, { logger, onEvent }) =>
      createAzureStorage({
        ...withDefaults(options, config),
        ...(logger && { logger }),
        ...(onEvent && { onEvent }),
      }),
  };
}

/** Opens a container for a configuration of type `azure`; for `openStorage` of `@metering/config`. */
export const azureDriver: StorageDriver<AzureSection, 'azure'> =
  /* @__PURE__ */ createAzureDriver();

function withDefaults(
  options: AzureDriverOptions,
  { bucket = '', endpoint, azure = {} }: DriverConfig<AzureSection, 'azure'>,
): AzureStorageOptions {
  const { accountKey, sasToken, credential, ...others } = options;
  const said = { accountKey: azure.accountKey?.reveal(), sasToken: azure.sasToken?.reveal() };
  const saysLogin = said.accountKey !== undefined || said.sasToken !== undefined;
  return {
    ...others,
    ...(saysLogin ? said : { accountKey, sasToken, credential }),
    container: bucket,
    accountName: azure.accountName ?? options.accountName,
    endpoint: endpoint ?? options.endpoint,
  };
}
