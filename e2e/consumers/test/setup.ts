import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packPackages } from './support/packed-packages.ts';
import { startRegistry } from './support/start-registry.ts';
import { startStores, type TestStore } from './support/stores.ts';
import { installThirdParty, type ThirdParty } from './support/third-party.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of a registry that has our packages as they are packed now. */
    registry: string;
    thirdParty: ThirdParty;
    stores: readonly TestStore[];
  }
}

/** Packs our packages, lets a third party install them and pack its own, and starts the servers. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'metering-consumers-'));
  const registry = await startRegistry(await packPackages(join(folder, 'packed')));
  provide('registry', registry.url);
  provide('thirdParty', await installThirdParty(join(folder, 'third-party'), registry.url));
  const { stores, stop } = await startStores();
  provide('stores', stores);
  return async () => {
    await stop();
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
