import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStorageConformance } from '@metering/storage-testkit';
import { describe, it } from 'vitest';
import { createLocalFsStorage } from '../src/index.ts';

runStorageConformance({ describe, it, createHarness });

async function createHarness() {
  const basePath = await mkdtemp(join(tmpdir(), 'metering-'));
  const storage = createLocalFsStorage({ basePath });
  const close = async () => {
    await storage.close();
    await rm(basePath, { recursive: true, force: true });
  };
  return { storage, close };
}
