/** Uses a storage without writers and readers: objects under keys, in a folder here. */
import { exists, isStorageError, withPrefix } from '@metering/core';
import { createLocalFsStorage } from '@metering/storage-localfs';

const folder = createLocalFsStorage({ basePath: './metering-data', permissions: '0750' });
const storage = withPrefix(folder, 'demo'); // Keys are relative to it, in and out.

const body = new TextEncoder().encode('{"total":42}');
await storage.put('reports/2026-11-21.json', body, { mode: 'create' });
try {
  await storage.put('reports/2026-11-21.json', body, { mode: 'create' });
} catch (error) {
  if (!isStorageError(error, 'ALREADY_EXISTS')) throw error;
  console.log(error.code, error.key);
}

for await (const { key, size } of storage.list({ prefix: 'reports/' })) console.log(key, size);
const bytes = await storage.get('reports/2026-11-21.json', { maxBytes: 1024 });
console.log(new TextDecoder().decode(bytes));
await storage.delete('reports/2026-11-21.json');
console.log(await exists(storage, 'reports/2026-11-21.json'));
await storage.close();

// Prints:
// ALREADY_EXISTS reports/2026-11-21.json
// reports/2026-11-21.json 12
// {"total":42}
// false
