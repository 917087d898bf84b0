import { createS3Storage } from '../../src/index.ts';

/** Prints what a call fails with; run where `@aws-sdk/client-sts` is not found. */
const storage = createS3Storage({
  bucket: 'usage',
  region: 'us-west-2',
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  assumeRoleArn: 'arn:aws:iam::123456789012:role/metering',
});
const error = await storage.get('a').catch((reason: unknown) => reason);
console.log(JSON.stringify({ ...(error as object), message: (error as Error).message }));
