export type {
  ListedObject,
  ObjectListing,
  OssCallOptions,
  OssClientLike,
  OssResponse,
} from './lib/oss-client.ts';
export {
  createOssDriver,
  type OssDriverOptions,
  type OssSection,
  ossDriver,
} from './lib/oss-driver.ts';
export type { OssCredentialSource, OssCredentials, OssStorageOptions } from './lib/oss-options.ts';
export { createOssStorage } from './lib/oss-storage.ts';
