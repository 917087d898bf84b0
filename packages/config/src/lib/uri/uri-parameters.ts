import type { Backend } from '../backends/backend.ts';
import type { Backends } from '../backends/backends.ts';
import { nearestName } from '../backends/nearest-name.ts';
import type { Field } from '../fields/field.ts';
import { kebabCase } from '../fields/kebab-case.ts';
import { SHARED_FIELDS } from '../fields/shared-fields.ts';
import type { Findings } from '../findings.ts';
import { decodePart, type UriParameter } from './split-uri.ts';

/** An option of a backend, with its place in a configuration. */
export interface BackendOption {
  readonly scope: 'shared' | 'section';
  readonly name: string;
  readonly field: Field;
}

/** A text of a URI, and what the URI calls it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Every option that means something to a backend. */
export function optionsOf(backend: Backend): readonly BackendOption[] {
  const shared = backend.sharedNames.map((name) => ({ name, field: SHARED_FIELDS[name] }));
  const section = [...backend.fields].map(([name, field]) => ({ name, field }));
  return [
    ...shared.map((option) => ({ ...option, scope: 'shared' as const })),
    ...section.map((option) => ({ ...option, scope: 'section' as const })),
  ];
}

/** What a URI's parameters say by their names, each one known and given once. */
export class UriParameters {
  readonly #backend: Backend;
  readonly #backends: Backends;
  readonly #findings: Findings;
  readonly #known: ReadonlyMap<string, Field>;
  readonly #texts = new Map<string, string>();

  constructor(backend: Backend, backends: Backends, findings: Findings) {
    this.#backend = backend;
    this.#backends = backends;
    this.#findings = findings;
    this.#known = parameterFields(backend);
  }

  /** Takes the parameters in, and reports those that cannot be. */
  add(parameters: readonly UriParameter[]): this {
    let previous: string | undefined;
    for (const parameter of parameters) {
      const { name, text } = parameter;
      if (!this.#known.has(name)) {
        this.#reportUnknown(parameter, previous);
        continue;
      }
      if (this.#texts.has(name)) this.#findings.add([name], 'is given twice');
      this.#texts.set(name, decodePart(text ?? '', name, this.#findings));
      previous = name;
    }
    return this;
  }

  /** What an option is given as: of its names the first one that is not empty. */
  find({ parameters = [] }: Field): NamedText | undefined {
    for (const name of parameters) {
      const text = this.#texts.get(name);
      if (text) return { name, text };
    }
    return undefined;
  }

  #reportUnknown({ name, text }: UriParameter, previous: string | undefined): void {
    const problem = this.#unknownProblem(name);
    const followsSecret = previous !== undefined && this.#known.get(previous)?.type === 'secret';
    const hint = `if it belongs to ${previous}, write "&" in a value as %26`;
    if (!mayBeSecret(name, text, followsSecret)) {
      this.#findings.add([name], followsSecret ? `${problem}; ${hint}` : problem);
    } else if (previous === undefined) {
      this.#findings.add([], 'has something that is no parameter; one is written name=value');
    } else {
      this.#findings.add([previous], `is followed by something that is no parameter; ${hint}`);
    }
  }

  #unknownProblem(name: string): string {
    if (name === '') return 'has a parameter without a name';
    const { type, fields } = this.#backend;
    const owner = this.#backends.all().find((backend) => parameterFields(backend).has(name));
    if (owner !== undefined) return `is no parameter of ${type}, but of ${owner.type}`;
    if ([...fields.keys()].some((option) => kebabCase(option) === name)) {
      return 'cannot be given as a parameter; use a file or an object';
    }
    const near = nearestName(name, this.#known.keys());
    const known = [...this.#known.keys()].join(', ');
    return near === undefined
      ? `is unknown; the parameters of ${type} are ${known}`
      : `is unknown; did you mean ${near}?`;
  }
}

/** What could be a parameter of some version. */
const PARAMETER = /^[a-z]+(?:-[a-z]+)*$/;

/**
 * Whether what stands for a name may be a part of a secret: it lacks the `=`, as in
 * `secret-access-keyabc`; it follows a secret, or ends as base64 does, and is no name.
 */
function mayBeSecret(name: string, text: string | undefined, followsSecret: boolean): boolean {
  if (text === undefined) return true;
  return (followsSecret || text === '' || text === '=') && !PARAMETER.test(name);
}

function parameterFields(backend: Backend): ReadonlyMap<string, Field> {
  const pairs = optionsOf(backend).flatMap(({ field }) =>
    (field.parameters ?? []).map((parameter) => [parameter, field] as const),
  );
  return new Map(pairs);
}
