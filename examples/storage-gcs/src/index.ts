export { type GcsSection, gcsDriver } from './gcs-driver.ts';
export { createGcsStorage, type GcsStorageOptions } from './gcs-storage.ts';
