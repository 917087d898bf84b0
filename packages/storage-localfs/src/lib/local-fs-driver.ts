import type { StorageDriver } from '@metering/core';
import { checkNames, type LocalFsStorageOptions } from './local-fs-options.ts';
import { createLocalFsStorage } from './local-fs-storage.ts';

/** What a configuration says about a folder: see the options of the same names. */
export type LocalFsSection = Pick<LocalFsStorageOptions, 'basePath' | 'createDirs' | 'permissions'>;

/**
 * A driver that opens folders with options of its own; where a configuration says the same thing, that
 * goes first.
 *
 * @throws TypeError for an option that there is not.
 */
export function createLocalFsDriver(
  options: LocalFsStorageOptions = {},
): StorageDriver<LocalFsSection, 'localfs'> {
  checkNames('createLocalFsDriver', options);
  return {
    type: 'localfs',
    schemes: ['localfs', 'file'],
    async open({ localfs = {} }) {
      return createLocalFsStorage({
        basePath: localfs.basePath ?? options.basePath,
        createDirs: localfs.createDirs ?? options.createDirs,
        permissions: localfs.permissions ?? options.permissions,
        durability: options.durability,
      });
    },
  };
}

/** Opens a folder for a configuration of type `localfs`; for `openStorage` of `@metering/config`. */
export const localFsDriver: StorageDriver<LocalFsSection, 'localfs'> =
  /* @__PURE__ */ createLocalFsDriver();
