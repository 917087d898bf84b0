import { resolve } from 'node:path';
import { checkOptionNames, describeValue, type OptionNames } from '@metering/core/building-blocks';

/** Which folder, and how files are made in it. */
export interface LocalFsStorageOptions {
  /** The folder that holds everything; may be a symbolic link. Default `./metering-data`. */
  readonly basePath?: string | undefined;
  /**
   * Whether a missing base path is made by the first write. Where it is false, every call to a missing
   * one is CONTAINER_NOT_FOUND. Folders below it are always made. Default true.
   */
  readonly createDirs?: boolean | undefined;
  /**
   * Mode of new folders, as octal text (`'0750'`) or a number (`0o750`). Folders are given execute
   * wherever there is read, files never are. It holds whatever the umask; without it folders are 0755 and
   * files 0644, less the umask.
   */
  readonly permissions?: string | number | undefined;
  /**
   * `full`: what a call has written or deleted outlives a power cut. `none`: it may be lost then (but is
   * still atomic for every process that lives on): for tests and caches. Default `full`.
   */
  readonly durability?: 'full' | 'none' | undefined;
}

/** Modes of what is made. */
interface Modes {
  readonly folder: number;
  readonly file: number;
  /** Whether they hold whatever the umask. */
  readonly exact: boolean;
}

/** Options that were checked and completed. */
export interface LocalFsSettings {
  /** Absolute, so that a later `chdir` does not move it. */
  readonly basePath: string;
  readonly createDirs: boolean;
  readonly modes: Modes;
  readonly durable: boolean;
}

const DEFAULT_MODES: Modes = { folder: 0o755, file: 0o644, exact: false };

const OPTIONS: OptionNames<LocalFsStorageOptions> = {
  basePath: true,
  createDirs: true,
  permissions: true,
  durability: true,
};

/** @throws TypeError for options that are none, or are not known: a folder that is not meant would be the default. */
export function checkNames(caller: string, options: LocalFsStorageOptions): void {
  const expected = 'an object, such as { basePath }';
  // A path holds no secret: it may be shown.
  if (typeof options === 'string') throw invalidOption('options', expected, options, caller);
  checkOptionNames(caller, options, OPTIONS, expected);
}

/** @throws TypeError for an option that makes no sense. */
export function readOptions(options: LocalFsStorageOptions): LocalFsSettings {
  checkNames('createLocalFsStorage', options);
  const { basePath = './metering-data', createDirs = true, durability = 'full' } = options;
  if (typeof basePath !== 'string' || basePath === '' || basePath.includes('\0')) {
    throw invalidOption('basePath', 'the path of a folder', basePath);
  }
  // It would be a folder named `file:` in the working directory. A URI may hold secrets: it is not shown.
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(basePath)) {
    const message =
      'basePath must be the path of a folder, and no URI: openStorage of @metering/config takes those';
    throw new TypeError(`createLocalFsStorage: ${message}`);
  }
  if (typeof createDirs !== 'boolean') {
    throw invalidOption('createDirs', 'a boolean', createDirs);
  }
  if (durability !== 'full' && durability !== 'none') {
    throw invalidOption('durability', '"full" or "none"', durability);
  }
  const modes = readPermissions(options.permissions);
  return { basePath: resolve(basePath), createDirs, modes, durable: durability === 'full' };
}

function readPermissions(permissions: string | number | undefined): Modes {
  if (permissions === undefined) return DEFAULT_MODES;
  const mode = typeof permissions === 'string' ? parseOctal(permissions) : permissions;
  const ownerMayReadAndWrite = (mode & 0o600) === 0o600;
  if (!Number.isInteger(mode) || mode < 0 || mode > 0o7777 || !ownerMayReadAndWrite) {
    const expected = 'an octal mode such as "0755" or 0o755 that lets the owner read and write';
    throw invalidOption('permissions', expected, permissions);
  }
  const executeWhereRead = (mode & 0o444) >> 2;
  return { folder: mode | executeWhereRead, file: mode & 0o666, exact: true };
}

function parseOctal(text: string): number {
  return /^(0o?)?[0-7]{3,4}$/.test(text) ? Number.parseInt(text.replace('o', ''), 8) : Number.NaN;
}

function invalidOption(
  name: string,
  expected: string,
  value: unknown,
  caller = 'createLocalFsStorage',
): TypeError {
  return new TypeError(`${caller}: ${name} must be ${expected}, got ${describeValue(value)}`);
}
