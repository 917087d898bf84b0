import { register } from 'node:module';
import { createS3Storage } from '../../src/index.ts';

/** Prints what a call fails with where `@aws-sdk/client-sts` is not installed. */
const hook = `
export async function resolve(specifier, context, next) {
  if (specifier !== '@aws-sdk/client-sts') return next(specifier, context);
  throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' });
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const storage = createS3Storage({
  bucket: 'usage',
  region: 'us-west-2',
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  assumeRoleArn: 'arn:aws:iam::123456789012:role/metering',
});
const error = await storage.get('a').catch((reason: unknown) => reason);
console.log(JSON.stringify({ ...(error as object), message: (error as Error).message }));
