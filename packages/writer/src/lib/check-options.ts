import { describeValue, identifierProblem } from '@metering/core/building-blocks';

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

/** An option of a writer or of a call. */
type OptionName = keyof typeof RULES;

/**
 * Checks what the programmer passed. An option that is undefined is not given; `storage` must be.
 *
 * @param call what takes the options, for the message.
 * @throws TypeError naming the first option that is unknown or wrong.
 */
export function checkOptions(call: string, options: unknown, known: readonly OptionName[]): void {
  if (typeof options !== 'object' || options === null || options instanceof Promise) {
    throw new TypeError(`${call}: options must be an object, got ${describeValue(options)}`);
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name as OptionName));
  if (unknown !== undefined) {
    throw new TypeError(`${call}: there is no option ${unknown}, only ${known.join(', ')}`);
  }
  for (const name of known) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
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
  known: readonly (OptionName & keyof Options)[],
): Options {
  checkOptions(call, options, known);
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
