export type {
  S3ClientLike,
  S3CredentialSource,
  S3Credentials,
  S3StorageOptions,
} from './lib/s3-options.ts';
export { createS3Storage } from './lib/s3-storage.ts';
