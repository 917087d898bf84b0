export type {
  AzureBlobLike,
  AzureCallOptions,
  AzureClientLike,
  AzureTokenCredential,
  BlobDownload,
  BlobPage,
  BlobPages,
  BlobProperties,
  BlobQuery,
  ListedBlob,
} from './lib/azure-client.ts';
export {
  type AzureDriverOptions,
  type AzureSection,
  azureDriver,
  createAzureDriver,
} from './lib/azure-driver.ts';
export type { AzureStorageOptions } from './lib/azure-options.ts';
export { createAzureStorage } from './lib/azure-storage.ts';
