export {
  type AwsSection,
  createS3Driver,
  type S3DriverOptions,
  s3Driver,
} from './lib/s3-driver.ts';
export type {
  S3ClientLike,
  S3CredentialSource,
  S3Credentials,
  S3StorageOptions,
} from './lib/s3-options.ts';
export { createS3Storage } from './lib/s3-storage.ts';
