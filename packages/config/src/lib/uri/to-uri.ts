import { ConfigError, type StorageDriver } from '@metering/core';
import { checkOptionNames, describeValue, type OptionNames } from '@metering/core/building-blocks';
import type { Backend } from '../backends/backend.ts';
import { Backends } from '../backends/backends.ts';
import { checkConfig } from '../checks/check-config.ts';
import { isSecret } from '../fields/secret.ts';
import { DRIVERS_OPTION, type DriversOption, type StorageConfigInput } from '../storage-config.ts';
import { type BackendOption, optionsOf } from './uri-parameters.ts';

export interface ToUriOptions<Drivers extends readonly StorageDriver[] = readonly []>
  extends DriversOption<Drivers> {
  /** `include` writes secrets out, so that `parseUri` gives the same configuration; `redact` writes `***`. */
  readonly secrets: 'include' | 'redact';
}

const OPTIONS: OptionNames<ToUriOptions> = { secrets: true, ...DRIVERS_OPTION };

/** The values of a checked configuration. */
interface CheckedConfig {
  readonly type: string;
  readonly [name: string]: unknown;
}

/**
 * A configuration as a URI. Parameters are sorted by name; what is at its default is left out.
 *
 * @throws ConfigError `INVALID_URI` that names the option which no URI can hold, such as a relative base path.
 */
export function toUri<const Drivers extends readonly StorageDriver[] = readonly []>(
  config: StorageConfigInput<Drivers>,
  options: ToUriOptions<Drivers>,
): string {
  checkOptionNames('toUri', options, OPTIONS);
  const { secrets, drivers } = options;
  if (secrets !== 'include' && secrets !== 'redact') {
    throw new TypeError(`secrets must be 'include' or 'redact', got ${describeValue(secrets)}`);
  }
  const backends = new Backends(drivers ?? []);
  const checked = checkConfig({ value: config }, { backends, spelling: 'camel' }) as CheckedConfig;
  const backend = backends.ofType(checked.type)!;
  const [scheme] = backend.schemes;
  if (scheme === undefined) return refuse('type', 'one without a scheme');
  const location = backend.uriNames === 'folder' ? folder(checked) : bucket(checked);
  const query = parameters(checked, backend, secrets === 'include');
  return `${scheme}://${location}${query === '' ? '' : `?${query}`}`;
}

function folder({ localfs }: CheckedConfig): string {
  const { basePath } = localfs as { readonly basePath: string };
  if (basePath.startsWith('/')) return encodePath(basePath);
  return refuse('localfs.basePath', 'a relative folder');
}

function bucket(config: CheckedConfig): string {
  const { bucket: name = '', prefix } = config as { bucket?: string; prefix?: string };
  const path = prefix === undefined ? '' : `/${encodePath(prefix)}`;
  return `${encodeURIComponent(name)}${path}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function parameters(config: CheckedConfig, backend: Backend, reveal: boolean): string {
  const pairs = optionsOf(backend).flatMap((option) => {
    const value = optionValue(config, option, backend);
    if (value === undefined || value === option.field.default || isInPath(option, backend))
      return [];
    const [name] = option.field.parameters ?? [];
    if (name === undefined) return refuse(pathOf(option, backend), 'an option without a parameter');
    const text = isSecret(value) && reveal ? value.reveal() : String(value);
    return [`${name}=${encodeURIComponent(text)}`];
  });
  return pairs.sort().join('&');
}

/** Whether an option stands before the parameters. */
function isInPath({ name }: BackendOption, backend: Backend): boolean {
  if (backend.uriNames === 'folder') return name === 'basePath';
  return name === 'bucket' || name === 'prefix';
}

function optionValue(
  config: CheckedConfig,
  { scope, name }: BackendOption,
  backend: Backend,
): unknown {
  const options = scope === 'shared' ? config : config[backend.sectionName];
  return (options as Readonly<Record<string, unknown>> | undefined)?.[name];
}

function pathOf({ scope, name }: BackendOption, { sectionName }: Backend): string {
  return scope === 'shared' ? name : `${sectionName}.${name}`;
}

function refuse(path: string, what: string): never {
  const message = `No URI can hold ${path}: ${what}. Use a configuration file or an object`;
  throw new ConfigError({ code: 'INVALID_URI', message, path });
}
