import { OssDouble } from '@metering/testing-oss-double';
import type { OssStorageOptions } from '../src/index.ts';

export const account = { accessKeyId: 'LTAI5tDouble', accessKeySecret: 'planted-secret' };
export const roleArn = 'acs:ram::123456789012:role/metering';

/** Starts the double, as OSS in `cn-hangzhou`, with an account and a role that asks for an external id. */
export function startDouble(nowMs?: () => number): Promise<OssDouble> {
  const roles = [{ arn: roleArn }, { arn: `${roleArn}-external`, externalId: 'partner' }];
  return OssDouble.start({ accounts: [account], roles, nowMs });
}

/** Options for a storage on the double, in a bucket of its own. */
export function newBucket(double: OssDouble): OssStorageOptions {
  const bucket = `metering-${crypto.randomUUID()}`;
  double.buckets.create(bucket);
  const { endpoint } = double;
  return { bucket, endpoint, region: 'cn-hangzhou', credentials: account };
}
