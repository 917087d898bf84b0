import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { ConfigError, type StorageDriver } from '@metering/core';
import { checkOptionNames, describeValue, type OptionNames } from '@metering/core/building-blocks';
import {
  type ConfigFormat,
  MAX_CONFIG_BYTES,
  type ParseConfigOptions,
  parseConfig,
  TOO_LARGE,
} from './parse-config.ts';
import { DRIVERS_OPTION, type StorageConfig } from './storage-config.ts';
import { invalidText } from './text/invalid-text.ts';

/** How a configuration file is read. */
export interface LoadConfigOptions<Drivers extends readonly StorageDriver[] = readonly []>
  extends Omit<ParseConfigOptions<Drivers>, 'source'> {
  /** Default: by the file's name: `.yaml`, `.yml`, `.json`, `.toml`. */
  readonly format?: ConfigFormat | undefined;
}

const OPTIONS: OptionNames<LoadConfigOptions> = { format: true, ...DRIVERS_OPTION, env: true };

const FORMATS: ReadonlyMap<string, ConfigFormat> = new Map([
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.json', 'json'],
  ['.toml', 'toml'],
]);

/**
 * Reads a configuration file. See `parseConfig`.
 *
 * @throws ConfigError whose `source` is the path: for a file that cannot be read, and for what is in it.
 */
export async function loadConfig<const Drivers extends readonly StorageDriver[] = readonly []>(
  path: string,
  options: LoadConfigOptions<Drivers> = {},
): Promise<StorageConfig<Drivers>> {
  checkOptionNames('loadConfig', options, OPTIONS);
  const { format, drivers, env } = options;
  if (typeof path !== 'string') throw new TypeError(`Not a path: ${describeValue(path)}`);
  if (path.includes('://')) throw notAPath();
  const named = format ?? FORMATS.get(extname(path).toLowerCase());
  if (named === undefined) throw invalidText(path, UNKNOWN_FORMAT);
  return parseConfig(await readText(path), named, { drivers, env, source: path });
}

const UNKNOWN_FORMAT =
  'its name does not end in .yaml, .yml, .json or .toml; say its language by the option format';

/** Does not show what was given: a URI may hold secrets. */
function notAPath(): ConfigError {
  const message = 'A configuration file was expected, but a URI was given: use parseUri for it';
  return new ConfigError({ code: 'INVALID_CONFIG', message });
}

async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidText(path, 'it is not text in UTF-8');
  }
}

/** Asks before it reads: what is no file, or is huge, is never opened. */
async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw invalidText(path, 'it is a directory, a file was expected');
    if (!info.isFile()) throw invalidText(path, 'it is not a regular file');
    if (info.size > MAX_CONFIG_BYTES) throw invalidText(path, TOO_LARGE);
    return await readFile(path);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const message = `Cannot read the configuration ${path}: ${reason(error)}`;
    throw new ConfigError({ code: 'INVALID_CONFIG', message, source: path, cause: error });
  }
}

function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return code ?? 'it failed';
}
