/** Brings settings of the AWS client of one's own, a role beside them, or a whole client. */
import { S3Client } from '@aws-sdk/client-s3';
import { openStorage } from '@metering/config';
import { createS3Driver, createS3Storage } from '@metering/storage-s3';

const {
  BUCKET: bucket = 'my-metering',
  ROLE_ARN: assumeRoleArn = 'arn:aws:iam::123456789012:role/MeteringWriterRole',
} = process.env;
const body = new TextEncoder().encode('hello');

// Any setting of the client; the options beside it win, and a role is taken on all the same.
const clientConfig = { maxAttempts: 10, customUserAgent: 'billing/1.0' };
const configured = createS3Storage({ bucket, assumeRoleArn, clientConfig });
await configured.put('configured', body);
await configured.close();

// The same where a configuration says which bucket: the driver brings the settings.
const opened = await openStorage(`s3://${bucket}`, [createS3Driver({ clientConfig })]);
await opened.put('opened', body);
await opened.close();

// A client that the application has already. It stays open when the storage is closed.
const client = new S3Client({ maxAttempts: 10 });
const shared = createS3Storage({ bucket, client });
for await (const { key, size } of shared.list()) console.log(key, size);
await shared.close();
client.destroy();

// Prints:
// configured 5
// opened 5
