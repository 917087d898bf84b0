export type { Bucket, Buckets, Versioning } from './lib/buckets.ts';
export { OssDouble, type OssDoubleOptions } from './lib/oss-double.ts';
export type { Role } from './lib/sts.ts';
export type { Account } from './lib/verify-signature.ts';
