import type { StorageDriver } from '@metering/core';
import { createGcsStorage } from './gcs-storage.ts';

/** The section `gcs` of a configuration. */
export interface GcsSection {
  readonly projectId?: string | undefined;
  readonly keyFilename?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

/** Opens a bucket for `gcs://bucket/prefix`, `gs://bucket/prefix` or a file with `type: gcs`. */
export const gcsDriver: StorageDriver<GcsSection, 'gcs'> = {
  type: 'gcs',
  schemes: ['gcs', 'gs'],
  requiresBucket: true,
  section: {
    projectId: { type: 'string', parameters: ['project-id'] },
    keyFilename: { type: 'string', parameters: ['key-filename'] },
    timeoutMs: { type: 'integer', minimum: 1, parameters: ['timeout-ms'] },
  },
  async open({ bucket = '', endpoint, gcs: { timeoutMs, ...login } = {} }) {
    return createGcsStorage({ ...login, bucket, apiEndpoint: endpoint, timeout: timeoutMs });
  },
};
