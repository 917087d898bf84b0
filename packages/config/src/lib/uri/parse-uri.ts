import type { StorageDriver } from '@metering/core';
import { checkOptionNames, describeValue } from '@metering/core/building-blocks';
import type { Backend } from '../backends/backend.ts';
import { Backends } from '../backends/backends.ts';
import { unknownTypeProblem } from '../backends/unknown-type.ts';
import { buildConfig, noOptions } from '../checks/build-config.ts';
import { describeFound, readText } from '../fields/field.ts';
import { kebabCase } from '../fields/kebab-case.ts';
import { Findings, type OptionPath } from '../findings.ts';
import { DRIVERS_OPTION, type DriversOption, type StorageConfig } from '../storage-config.ts';
import { misplacedParameter } from './misplaced-parameter.ts';
import { splitUri, type UriParts, uriScheme } from './split-uri.ts';
import { type BackendOption, type NamedText, optionsOf, UriParameters } from './uri-parameters.ts';

/**
 * Reads `scheme://bucket/prefix?parameters`, or `localfs:///folder?parameters`. Nothing of it is lost:
 * what has no meaning is refused. `docs/configuration.md` has the parameters.
 *
 * @throws ConfigError `INVALID_URI` that names the parameter; `UNKNOWN_TYPE` for a scheme that nothing
 *   opens, which names the package to install.
 */
export function parseUri<const Drivers extends readonly StorageDriver[] = readonly []>(
  uri: string,
  options: DriversOption<Drivers> = {},
): StorageConfig<Drivers> {
  checkOptionNames('parseUri', options, DRIVERS_OPTION);
  return parseUriOf(uri, options.drivers ?? [], undefined) as StorageConfig<Drivers>;
}

/** Reads a URI that an environment variable holds: its values do not show in errors. */
export function parseUriOf(
  uri: string,
  drivers: readonly StorageDriver[],
  variable: string | undefined,
): unknown {
  if (typeof uri !== 'string')
    throw new TypeError(`A URI must be a string, got ${describeValue(uri)}`);
  return new UriReader(uri, new Backends(drivers), variable).read();
}

class UriReader {
  readonly #uri: string;
  readonly #backends: Backends;
  readonly #findings: Findings;
  readonly #visible: boolean;
  /** The options of the backend, once that is known. */
  #options: readonly BackendOption[] = [];

  constructor(uri: string, backends: Backends, variable: string | undefined) {
    this.#uri = uri;
    this.#backends = backends;
    this.#visible = variable === undefined;
    this.#findings = new Findings({
      what: 'URI',
      source: variable,
      spell: (option) => this.#spell(option),
      place: () => undefined,
    });
  }

  read(): unknown {
    const backend = this.#backend();
    this.#options = optionsOf(backend);
    const isFolder = backend.uriNames === 'folder';
    const parts = splitUri(this.#uri, isFolder ? 'host' : 'bucket', this.#findings);
    this.#checkSeparators(parts);
    this.#findings.throwIfAny();
    const located = isFolder ? this.#folder(parts) : bucketOf(parts);
    const parameters = new UriParameters(backend, this.#backends, this.#findings);
    parameters.add(parts.parameters);
    const given = noOptions();
    for (const option of this.#options) {
      const found = parameters.find(option.field) ?? located.get(option.name);
      if (found?.text) this.#read(option, found, given[option.scope]);
    }
    return buildConfig(backend, given, this.#findings);
  }

  #backend(): Backend {
    const scheme = uriScheme(this.#uri, this.#findings);
    const backend = this.#backends.ofScheme(scheme);
    if (backend !== undefined) return backend;
    const problem = unknownTypeProblem(scheme, this.#backends, 'scheme');
    return this.#findings.fail(['scheme'], problem, 'UNKNOWN_TYPE');
  }

  #checkSeparators(parts: UriParts): void {
    const name = misplacedParameter(parts, this.#backends);
    if (name === undefined) return;
    this.#findings.fail(
      [name],
      'is no parameter where it stands: the first follows "?", others "&"; in a value, write "=" as %3D',
    );
  }

  /** The base path: a host is its first folder. */
  #folder({ authority, path }: UriParts): ReadonlyMap<string, NamedText> {
    if (authority === '' && path === '')
      this.#findings.fail(['path'], 'is required: file:///folder');
    if (authority === '.' || authority === '..') {
      this.#findings.fail(['path'], 'must be absolute: file:///folder');
    }
    const folder = authority === '' ? path : `/${authority}${path === '/' ? '' : path}`;
    return new Map([['basePath', { name: 'path', text: folder }]]);
  }

  #read({ name, field }: BackendOption, given: NamedText, options: Map<string, unknown>): void {
    const reading = readText(field, given.text);
    if ('value' in reading) {
      options.set(name, reading.value);
    } else {
      const found = describeFound(given.text, field, this.#visible);
      this.#findings.add([given.name], `must be ${reading.expected}, found ${found}`);
    }
  }

  #spell(option: OptionPath): OptionPath {
    const name = option[option.length - 1]!;
    const known = this.#options.find((candidate) => candidate.name === name);
    return [known?.field.parameters?.[0] ?? kebabCase(name)];
  }
}

function bucketOf({ authority, path }: UriParts): ReadonlyMap<string, NamedText> {
  return new Map([
    ['bucket', { name: 'bucket', text: authority }],
    ['prefix', { name: 'prefix', text: path.slice(1) }],
  ]);
}
