import { ConfigError, type ConfigErrorCode } from '@metering/core';

/** A place in a text, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The steps that lead to an option, as its source spells them: `['aws', 'access-key']`. */
export type OptionPath = readonly string[];

/** Where a configuration stands, for errors. */
export interface Origin {
  readonly what: 'configuration' | 'URI';
  /** A file's path, the name of an environment variable, … */
  readonly source: string | undefined;
  /** How an option, given by its names in camelCase, is spelled there. */
  spell(option: OptionPath): OptionPath;
  /** Where the key or the value of an option stands; of one that is absent, what it is missing from. */
  place(path: OptionPath, part: 'key' | 'value'): Place | undefined;
}

interface Finding {
  readonly path: string;
  readonly place: Place | undefined;
  readonly problem: string;
}

/** How many findings a message spells out. */
const NAMED_FINDINGS = 3;
const LONGEST_NAME = 60;

/** Collects what is wrong with a configuration, so that one error tells all of it. */
export class Findings {
  readonly #origin: Origin;
  readonly #named: Finding[] = [];
  #count = 0;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  /** How the source spells an option that is given by its names in camelCase. */
  spell(option: OptionPath): OptionPath {
    return this.#origin.spell(option);
  }

  /** Adds a finding about the option at a path, as its source spells it. */
  add(path: OptionPath, problem: string, part: 'key' | 'value' = 'value'): void {
    this.#count += 1;
    if (this.#named.length === NAMED_FINDINGS) return;
    const place = this.#origin.place(path, part);
    this.#named.push({ path: path.map(showName).join('.'), place, problem });
  }

  /** Adds a finding about an option that is given by its names in camelCase. */
  addOption(option: OptionPath, problem: string): void {
    this.add(this.spell(option), problem);
  }

  /** @throws ConfigError with every finding, if there is one. */
  throwIfAny(): void {
    if (this.#count > 0) throw this.#toError();
  }

  /** @throws ConfigError with this finding and those before it. */
  fail(path: OptionPath, problem: string, code?: ConfigErrorCode): never {
    this.add(path, problem);
    throw this.#toError(code);
  }

  #toError(code?: ConfigErrorCode): ConfigError {
    const { what, source } = this.#origin;
    const [first] = this.#named;
    const sentences = this.#named.map(sentence).join('; ');
    const rest = this.#count - this.#named.length;
    const subject = source === undefined ? what : `${what} in ${source}`;
    const more = rest > 0 ? ` (and ${rest} more)` : '';
    return new ConfigError({
      code: code ?? (what === 'URI' ? 'INVALID_URI' : 'INVALID_CONFIG'),
      message: `Invalid ${subject}: ${sentences}${more}`,
      source,
      path: first?.path,
      ...first?.place,
    });
  }
}

function sentence({ path, place, problem }: Finding): string {
  const at = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
  return `${path}${at} ${problem}`.trim();
}

/** A name as far as it is one: what a slip of the finger glued to it may be a secret. */
function showName(name: string): string {
  const plain = /^[\w$.-]*/.exec(name)![0].slice(0, LONGEST_NAME);
  return plain === name ? name : `${plain}…`;
}
