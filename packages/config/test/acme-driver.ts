import {
  createMemoryStorage,
  type DriverContext,
  type SecretValue,
  type StorageDriver,
  type StorageProvider,
} from '@metering/core';

// #region driver
export interface AcmeSection {
  readonly apiKey: SecretValue;
  readonly tier?: string | undefined;
  readonly retries?: number | undefined;
  readonly verify?: boolean | undefined;
}

export const acmeDriver: StorageDriver<AcmeSection, 'acme'> = {
  type: 'acme',
  schemes: ['acme', 'acme+tls'],
  requiresBucket: true,
  section: {
    apiKey: { type: 'secret', required: true, parameters: ['api-key'] },
    tier: { type: 'string', parameters: ['tier', 'storage-tier'] },
    retries: { type: 'integer', maximum: 10, parameters: ['retries'] },
    verify: { type: 'boolean' },
  },
  async open({ bucket, acme }, { logger, onEvent, signal }) {
    const { apiKey, retries } = acme;
    return openAcme({ bucket, apiKey: apiKey.reveal(), retries, logger, onEvent, signal });
  },
};
// #endregion driver

/** What the driver opened. */
export interface AcmeOpening extends DriverContext {
  readonly bucket: string | undefined;
  readonly apiKey: string;
  readonly retries: number | undefined;
}

export const openings: (AcmeOpening & { readonly storage: StorageProvider })[] = [];

function openAcme(opening: AcmeOpening): StorageProvider {
  const storage = createMemoryStorage();
  openings.push({ ...opening, storage });
  return storage;
}
