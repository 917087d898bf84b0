import { createMemoryStorage, isStorageError, withPrefix, withRetry } from '@metering/core';

const storage = withRetry(withPrefix(createMemoryStorage(), 'billing'), { attempts: 3 });
const body = new TextEncoder().encode('{}');
await storage.put('a/b', body, { mode: 'create' });
try {
  await storage.put('a/b', body, { mode: 'create' });
} catch (error) {
  if (!isStorageError(error, 'ALREADY_EXISTS')) throw error;
  console.log(error.key, error.retryable); // a/b false
}
for await (const { key, size } of storage.list({ prefix: 'a/' })) console.log(key, size); // a/b 2
