import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalFsStorage } from '@metering/storage-localfs';
import { runStorageConformance } from '@metering/storage-testkit';
import { describe, it } from 'vitest';

runStorageConformance({ describe, it, createHarness });

async function createHarness() {
  const basePath = await mkdtemp(join(tmpdir(), 'metering-'));
  const storage = createLocalFsStorage({ basePath });
  const close = async () => {
    await storage.close();
    await rm(basePath, { recursive: true, force: true, maxRetries: 5 });
  };
  return { storage, close };
}
