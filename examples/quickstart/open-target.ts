import type { StorageProvider } from '@metering/core';
import { createLocalFsStorage, localFsDriver } from '@metering/storage-localfs';

/** The storage that the quickstart meters into. */
export interface Target {
  readonly storage: StorageProvider;
  readonly sharedPoolId?: string | undefined;
  /** How to call it. Without a URI's parameters: they may hold secrets. */
  readonly name: string;
}

const URI = /^[a-z][a-z0-9+.-]+:\/\//i;
const CONFIG_FILE = /\.(ya?ml|json|toml)$/i;

/** Opens what a URI or a configuration file names; anything else is a folder. */
export async function openTarget(target: string): Promise<Target> {
  const isUri = URI.test(target);
  if (!isUri && !CONFIG_FILE.test(target)) {
    return { storage: createLocalFsStorage({ basePath: target }), name: target };
  }
  // Only where it is needed: a folder opens sooner.
  const { loadConfig, openMetering } = await import('@metering/config');
  const drivers = [localFsDriver] as const;
  const config = isUri ? target : await loadConfig(target, { drivers });
  const opened = await openMetering(config, drivers);
  return { ...opened, name: isUri ? target.replace(/\?.*$/s, '') : opened.storage.name };
}
