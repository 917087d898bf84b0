import { isStorageError } from '@metering/core';
import { createLocalFsStorage } from '../../src/index.ts';

/** Waits for the start, then tries to create an object and tells whether it was the one. */
const [basePath, key, text] = process.argv.slice(2);
const storage = createLocalFsStorage({ basePath });
process.once('message', async () => {
  process.send?.(await create());
  process.disconnect();
});
process.send?.('ready');

async function create(): Promise<string> {
  try {
    await storage.put(key!, new TextEncoder().encode(text), { mode: 'create' });
    return 'created';
  } catch (error) {
    return isStorageError(error) ? error.code : String(error);
  }
}
