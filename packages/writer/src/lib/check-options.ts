import {
  checkOptionNames,
  describeValue,
  identifierProblem,
  type OptionNames,
} from '@metering/core/building-blocks';

type Rule = (value: unknown) => string | undefined;

/** What each option must be, as the rest of a sentence about it. */
const RULES = {
  storage: methods('put', 'get', 'delete', 'list'),
  sharedPoolId: (value) => (value === '' ? undefined : identifierProblem(value)?.message),
  pageSizeBytes: integer(0, Number.MAX_SAFE_INTEGER),
  overwrite: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  compressionLevel: integer(0, 9),
  compression: oneOf('auto', 'zlib'),
  concurrency: integer(1, Number.MAX_SAFE_INTEGER),
  logger: methods('debug', 'info', 'warn', 'error'),
  signal: (value) => (value instanceof AbortSignal ? undefined : 'must be an AbortSignal'),
} satisfies Record<string, Rule>;

/** The names of some options, each of which has its rule. */
type RuledNames<Options> = OptionNames<Options> & {
  readonly [Name in Exclude<keyof Options, keyof typeof RULES>]: never;
};

/**
 * Checks what the programmer passed. An option that is undefined is not given; `storage` must be.
 *
 * @param call what takes the options, for the message.
 * @throws TypeError naming the first option that is unknown or wrong.
 */
export function checkOptions<Options extends object>(
  call: string,
  options: Options,
  names: RuledNames<Options>,
): void {
  checkOptionNames(call, options, names);
  for (const name of Object.keys(names) as (keyof Options & keyof typeof RULES)[]) {
    const value = options[name];
    if (value === undefined && name !== 'storage') continue;
    const problem = RULES[name](value);
    if (problem !== undefined) throw new TypeError(`${call}: ${name} ${problem}`);
  }
}

/**
 * The options of a thing that is made, checked, as they are now. An accessor of their class counts like a member of
 * their own.
 *
 * @throws TypeError as `checkOptions`.
 */
export function takeOptions<Options extends object>(
  call: string,
  options: Options,
  names: RuledNames<Options>,
): Options {
  checkOptions(call, options, names);
  const known = Object.keys(names) as (keyof Options)[];
  return Object.fromEntries(known.map((name) => [name, options[name]])) as Options;
}

function integer(least: number, most: number): Rule {
  return (value) => {
    if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) {
      return undefined;
    }
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    return `must be an integer ${range}, got ${describeValue(value)}`;
  };
}

function oneOf(...values: readonly string[]): Rule {
  return (value) => {
    if (values.includes(value as string)) return undefined;
    return `must be one of ${values.join(', ')}, got ${describeValue(value)}`;
  };
}

function methods(...names: readonly string[]): Rule {
  return (value) => {
    const object = (value ?? {}) as Readonly<Record<string, unknown>>;
    if (names.every((name) => typeof object[name] === 'function')) return undefined;
    return `must be an object with the methods ${names.join(', ')}, got ${describeValue(value)}`;
  };
}
