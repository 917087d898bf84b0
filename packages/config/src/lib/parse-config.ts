import type { StorageDriver } from '@metering/core';
import { checkOptionNames, describeValue, type OptionNames } from '@metering/core/building-blocks';
import { Backends } from './backends/backends.ts';
import { checkConfig } from './checks/check-config.ts';
import { DRIVERS_OPTION, type DriversOption, type StorageConfig } from './storage-config.ts';
import type { Environment } from './text/interpolate.ts';
import { invalidText } from './text/invalid-text.ts';
import { readJson } from './text/json-source.ts';
import type { SourceTree } from './text/source-tree.ts';
import { readToml } from './text/toml-source.ts';
import { readYaml } from './text/yaml-source.ts';

/** The languages of configuration files. */
export type ConfigFormat = 'yaml' | 'json' | 'toml';

export interface ParseConfigOptions<Drivers extends readonly StorageDriver[] = readonly []>
  extends DriversOption<Drivers> {
  /** What fills `${NAME}`. Default `process.env`. */
  readonly env?: Environment | undefined;
  /** What errors call the text. Default: nothing. */
  readonly source?: string | undefined;
}

const OPTIONS: OptionNames<ParseConfigOptions> = { ...DRIVERS_OPTION, env: true, source: true };

/** No configuration is larger, in bytes. */
export const MAX_CONFIG_BYTES = 1024 * 1024;

type ReadSource = (text: string, source: string | undefined) => SourceTree | Promise<SourceTree>;

const READERS: ReadonlyMap<unknown, ReadSource> = new Map<unknown, ReadSource>([
  ['yaml', readYaml],
  ['json', readJson],
  ['toml', readToml],
]);

/**
 * Reads the text of a configuration file. `${NAME}` and `${NAME:-default}` in texts are filled from the
 * environment; `$${` is a literal `${`. Only the parser that is needed is loaded.
 *
 * @throws ConfigError `INVALID_CONFIG` with every finding: the key, what was expected, what was found,
 *   line and column; `UNKNOWN_TYPE`.
 */
export async function parseConfig<const Drivers extends readonly StorageDriver[] = readonly []>(
  text: string,
  format: ConfigFormat,
  options: ParseConfigOptions<Drivers> = {},
): Promise<StorageConfig<Drivers>> {
  checkOptionNames('parseConfig', options, OPTIONS);
  const { drivers, env = process.env, source } = options;
  const read = READERS.get(format);
  if (read === undefined) throw new TypeError(`Unknown format ${describeValue(format)}`);
  if (typeof text !== 'string') throw new TypeError(`Not a text: ${describeValue(text)}`);
  const backends = new Backends(drivers ?? []);
  if (text.length > MAX_CONFIG_BYTES) throw invalidText(source, TOO_LARGE);
  if (text.trim() === '') throw invalidText(source, 'it is empty');
  const tree = await read(text.replace(/^\ufeff/, ''), source);
  return checkConfig(tree, { backends, spelling: 'kebab', source, env }) as StorageConfig<Drivers>;
}

export const TOO_LARGE = 'it is larger than 1 MiB, which no configuration is';
