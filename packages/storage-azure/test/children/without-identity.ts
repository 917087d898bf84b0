import { createAzureStorage } from '../../src/index.ts';

/** Prints what a call fails with; run where `@azure/identity` is not found. */
const storage = createAzureStorage({ container: 'usage', accountName: 'metering' });
const error = await storage.get('a').catch((reason: unknown) => reason);
console.log(JSON.stringify({ ...(error as object), message: (error as Error).message }));
