import { isPlainObject } from '@metering/core/building-blocks';
import type { Backend } from '../backends/backend.ts';
import type { Backends } from '../backends/backends.ts';
import { nearestName } from '../backends/nearest-name.ts';
import { unknownTypeProblem } from '../backends/unknown-type.ts';
import {
  describeFound,
  describeKind,
  type Field,
  type FieldValue,
  readText,
  readValue,
} from '../fields/field.ts';
import { kebabCase } from '../fields/kebab-case.ts';
import { SHARED_FIELDS, SHARED_NAMES } from '../fields/shared-fields.ts';
import { Findings, type OptionPath } from '../findings.ts';
import { type Environment, interpolate } from '../text/interpolate.ts';
import type { SourceTree } from '../text/source-tree.ts';
import { buildConfig, type GivenOptions, noOptions } from './build-config.ts';

export interface CheckOptions {
  readonly backends: Backends;
  /** Files spell options in kebab-case, objects in camelCase. */
  readonly spelling: 'kebab' | 'camel';
  /** A file's path, …: for errors. */
  readonly source?: string | undefined;
  /** Fills `${NAME}` in texts. Default: they are taken as they are. */
  readonly env?: Environment | undefined;
}

/**
 * Makes a configuration from data: every option known, of its type and fit for its backend.
 *
 * @throws ConfigError with every finding, each with its path and, where known, its place.
 */
export function checkConfig(tree: SourceTree, options: CheckOptions): unknown {
  return new ConfigChecker(tree, options).check();
}

/** `type`, and what editors read in a file. */
const TYPE_FIELD: Field = { type: 'string' };
const SCHEMA_KEY = '$schema';

/** A value with its references filled in. */
interface Filled {
  readonly value: unknown;
  /** Whether it comes from the environment, and so is not shown. */
  readonly filled: boolean;
}

class ConfigChecker {
  readonly #tree: SourceTree;
  readonly #options: CheckOptions;
  readonly #findings: Findings;

  constructor(tree: SourceTree, options: CheckOptions) {
    this.#tree = tree;
    this.#options = options;
    this.#findings = new Findings({
      what: 'configuration',
      source: options.source,
      spell: (option) => this.#spell(option),
      place: (path, part) => tree.place?.(path, part),
    });
  }

  check(): unknown {
    const root = this.#tree.value;
    if (!isPlainObject(root)) {
      const found = describeKind(root);
      this.#findings.fail([], `must be options by their names, found ${found}`);
    }
    const backend = this.#backend(root);
    const given = noOptions();
    this.#readShared(root, backend, given);
    this.#checkKeys(root, backend);
    this.#readSection(own(root, backend.sectionName), backend, given);
    return buildConfig(backend, given, this.#findings);
  }

  #backend(root: Record<string, unknown>): Backend {
    const { backends } = this.#options;
    const types = backends.types.join(', ');
    const type = this.#read(TYPE_FIELD, own(root, 'type'), ['type']);
    this.#findings.throwIfAny();
    if (type === undefined) return this.#findings.fail(['type'], `is required: one of ${types}`);
    const backend = backends.ofType(String(type.value));
    if (backend !== undefined) return backend;
    const problem = type.filled
      ? `must be one of ${types}, found what is not shown`
      : unknownTypeProblem(String(type.value), backends, 'type');
    return this.#findings.fail(['type'], problem, 'UNKNOWN_TYPE');
  }

  #readShared(root: Record<string, unknown>, backend: Backend, given: GivenOptions): void {
    for (const name of SHARED_NAMES) {
      const path = this.#spell([name]);
      const value = own(root, path[0]!);
      if (isAbsent(value)) continue;
      if (!backend.sharedNames.includes(name)) {
        this.#findings.add(path, `is no option of the type ${backend.type}`, 'key');
        continue;
      }
      const read = this.#read(SHARED_FIELDS[name], value, path);
      if (read !== undefined) given.shared.set(name, read.value);
    }
  }

  /** Finds the keys at the top that mean nothing, or contradict the type. */
  #checkKeys(root: Record<string, unknown>, backend: Backend): void {
    const names = ['type', ...SHARED_NAMES.map((name) => this.#spell([name])[0]!)];
    const sections = this.#options.backends.all().map(({ sectionName }) => sectionName);
    const known = new Set([...names, backend.sectionName]);
    for (const key of Object.keys(root)) {
      if (known.has(key) || (key === SCHEMA_KEY && this.#options.spelling === 'kebab')) continue;
      if (!sections.includes(key)) {
        this.#unknown([key], [...known], this.#sectionMeant(key));
      } else if (!isAbsent(root[key])) {
        const problem = `contradicts the type ${backend.type}, whose section is ${backend.sectionName}`;
        this.#findings.add([key], problem, 'key');
      }
    }
  }

  /** The section of a type that someone took for the section's name. */
  #sectionMeant(key: string): string | undefined {
    const { backends } = this.#options;
    return (backends.ofType(key) ?? backends.ofScheme(key))?.sectionName;
  }

  #readSection(section: unknown, backend: Backend, given: GivenOptions): void {
    const { sectionName, fields } = backend;
    if (isAbsent(section)) return;
    if (!isPlainObject(section)) {
      const problem = `must be a group of options, found ${describeKind(section)}`;
      this.#findings.add([sectionName], problem);
      return;
    }
    const names = new Map(
      [...fields.keys()].map((name) => [this.#spell([sectionName, name])[1]!, name]),
    );
    for (const key of Object.keys(section)) {
      const path = [sectionName, key];
      const name = names.get(key);
      if (name === undefined) {
        this.#unknown(path, [...names.keys()]);
      } else if (!isAbsent(section[key])) {
        const read = this.#read(fields.get(name)!, section[key], path);
        if (read !== undefined) given.section.set(name, read.value);
      }
    }
  }

  #unknown(path: OptionPath, known: readonly string[], meant?: string): void {
    const near = meant ?? nearestName(path[path.length - 1]!, known);
    const remedy =
      near === undefined ? `the options here are ${known.join(', ')}` : `did you mean ${near}?`;
    this.#findings.add(path, `is unknown; ${remedy}`, 'key');
  }

  /** The value of an option; undefined where there is none, or where it is wrong and reported. */
  #read(
    field: Field,
    raw: unknown,
    path: OptionPath,
  ): { readonly value: FieldValue; readonly filled: boolean } | undefined {
    const source = this.#fill(this.#asTyped(field, raw, path), path);
    if (source === undefined || isAbsent(source.value)) return undefined;
    const { value, filled } = source;
    const reading = filled ? readText(field, String(value)) : readValue(field, value);
    if ('value' in reading) return { value: reading.value, filled };
    const found = describeFound(value, field, !filled);
    this.#findings.add(path, `must be ${reading.expected}, found ${found}`);
    return undefined;
  }

  /** An unquoted scalar as it was typed, where text belongs: `0755`, `007`. */
  #asTyped(field: Field, raw: unknown, path: OptionPath): unknown {
    if (field.type === 'boolean' || field.type === 'integer' || typeof raw === 'string') return raw;
    return this.#tree.textOf?.(path) ?? raw;
  }

  #fill(raw: unknown, path: OptionPath): Filled | undefined {
    const { env } = this.#options;
    if (env === undefined || typeof raw !== 'string') return { value: raw, filled: false };
    const result = interpolate(raw, env);
    if ('text' in result) return { value: result.text, filled: result.filled };
    this.#findings.add(path, result.problem);
    return undefined;
  }

  #spell(option: OptionPath): OptionPath {
    if (this.#options.spelling === 'camel') return option;
    const [name, ...rest] = option;
    return rest.length === 0 ? [kebabCase(name!)] : [name!, ...rest.map(kebabCase)];
  }
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Empty is as if not given. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
