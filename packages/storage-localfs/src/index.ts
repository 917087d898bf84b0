export { createLocalFsDriver, type LocalFsSection, localFsDriver } from './lib/local-fs-driver.ts';
export type { LocalFsStorageOptions } from './lib/local-fs-options.ts';
export { createLocalFsStorage } from './lib/local-fs-storage.ts';
