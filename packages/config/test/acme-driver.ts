import {
  createMemoryStorage,
  type DriverContext,
  type SecretValue,
  type StorageDriver,
  type StorageProvider,
} from '@metering/core';

/** The section `acme`, as a third party would write it: with core alone. */
export interface AcmeSection {
  readonly apiKey: SecretValue;
  readonly tier?: string | undefined;
  readonly retries?: number | undefined;
  readonly verify?: boolean | undefined;
}

/** What the driver was called with. */
export interface AcmeOpening {
  readonly bucket: string | undefined;
  readonly apiKey: string;
  readonly retries: number | undefined;
  readonly context: DriverContext;
  readonly storage: StorageProvider;
}

export const openings: AcmeOpening[] = [];

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
  async open({ bucket, acme }, context) {
    const storage = createMemoryStorage();
    openings.push({
      bucket,
      apiKey: acme.apiKey.reveal(),
      retries: acme.retries,
      context,
      storage,
    });
    return storage;
  },
};
