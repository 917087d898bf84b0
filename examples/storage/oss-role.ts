/** Meters into a bucket of OSS with a role, taken on with the credentials of a company's login. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { floorToMinute, withPrefix } from '@metering/core';
import { createOssStorage } from '@metering/storage-oss';
import { createMeteringWriter } from '@metering/writer';

const { BUCKET = 'my-metering', OSS_REGION = 'cn-hangzhou', OSS_ENDPOINT } = process.env;
const { ROLE_ARN = 'acs:ram::123456789012:role/MeteringWriterRole', STS_ENDPOINT } = process.env;

/** Asked again before what it gave expires. In a pod, leave it out: the default chain knows the pod's. */
async function credentials() {
  const { stdout } = await promisify(execFile)('acs-sso', ['login', '--profile', 'billing']);
  const { access_key_id, access_key_secret, sts_token } = JSON.parse(stdout);
  return {
    accessKeyId: access_key_id,
    accessKeySecret: access_key_secret,
    securityToken: sts_token,
  };
}

const bucket = createOssStorage({
  bucket: BUCKET,
  region: OSS_REGION,
  endpoint: OSS_ENDPOINT,
  credentials,
  assumeRoleArn: ROLE_ARN, // One session, renewed before it ends; closing the storage ends that.
  stsEndpoint: STS_ENDPOINT,
});
const storage = withPrefix(bucket, 'metering-data');

const writer = createMeteringWriter({ storage, sharedPoolId: 'oss-demo-pool' });
const timestamp = floorToMinute(new Date());
const data = [{ logical_cluster_id: 'lc-1', requests: { value: 42, unit: 'count' } }];
const { pages } = await writer.write({ timestamp, category: 'api', selfId: 'api1', data });
for (const { outcome, key } of pages) console.log(outcome, key);
await storage.close();

// Prints:
// created metering/ru/1755850380/api/oss-demo-pool/api1-0.json.gz
