import { register } from 'node:module';
import { createAzureStorage } from '../../src/index.ts';

/** Prints what a call fails with where `@azure/identity` is not installed. */
const hook = `
export async function resolve(specifier, context, next) {
  if (specifier !== '@azure/identity') return next(specifier, context);
  throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' });
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const storage = createAzureStorage({ container: 'usage', accountName: 'metering' });
const error = await storage.get('a').catch((reason: unknown) => reason);
console.log(JSON.stringify({ ...(error as object), message: (error as Error).message }));
