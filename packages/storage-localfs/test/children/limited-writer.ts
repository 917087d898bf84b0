import { isStorageError } from '@metering/core';
import { createLocalFsStorage } from '../../src/index.ts';

/** Creates and overwrites an object that is larger than its process may write, and prints how that ends. */
const [basePath, sizeBytes] = process.argv.slice(2);
const storage = createLocalFsStorage({ basePath });
for (const mode of ['create', 'overwrite'] as const) {
  const body = new Uint8Array(Number(sizeBytes));
  const outcome = await storage.put(`${mode}/object`, body, { mode }).then(
    () => 'written',
    (error: unknown) => (isStorageError(error) ? error.code : String(error)),
  );
  console.log(outcome);
}
