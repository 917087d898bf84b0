/** Meters into a bucket of Amazon S3 that only a role may write to, of another account perhaps. */
import { floorToMinute, withPrefix } from '@metering/core';
import { createS3Storage } from '@metering/storage-s3';
import { createMeteringWriter } from '@metering/writer';

const { BUCKET = 'my-metering', ROLE_ARN = 'arn:aws:iam::123456789012:role/MeteringWriterRole' } =
  process.env;

// The AWS SDK finds credentials (environment, AWS_PROFILE, instance, pod); they take on the role.
const bucket = createS3Storage({
  bucket: BUCKET,
  assumeRoleArn: ROLE_ARN,
  sessionName: 'billing', // As the audit log shows it.
});
const storage = withPrefix(bucket, 'metering-data');

const writer = createMeteringWriter({ storage, sharedPoolId: 'aws-demo-pool' });
const timestamp = floorToMinute(new Date());
const data = [{ logical_cluster_id: 'lc-1', requests: { value: 42, unit: 'count' } }];
const { pages } = await writer.write({ timestamp, category: 'api', selfId: 'api1', data });
for (const { outcome, key } of pages) console.log(outcome, key);
await storage.close();

// Prints:
// created metering/ru/1755850380/api/aws-demo-pool/api1-0.json.gz
