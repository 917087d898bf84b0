import { join } from 'node:path';
import type { StorageDriver, StorageProvider } from '@metering/core';
import type { ThirdParty } from './third-party.ts';

/** What the third party's package exports, as far as it is used here. */
export interface GcsProvider {
  readonly gcsDriver: StorageDriver<unknown, 'gcs'>;
  createGcsStorage(options: GcsOptions): StorageProvider;
}

/** Of the options, those that are used here. */
export interface GcsOptions {
  readonly bucket: string;
  readonly apiEndpoint: string;
  readonly projectId: string;
  readonly timeout?: number | undefined;
}

/** The third party's package as it was built, on its own copy of our packages. */
export function importGcsProvider({ folder }: ThirdParty): Promise<GcsProvider> {
  return import(join(folder, 'dist/src/index.js'));
}
