import { describeValue } from './describe-value.ts';

/** The names of options, all of them: one that the type lacks does not compile, nor does one that is left out. */
export type OptionNames<Options> = { readonly [Name in keyof Options]-?: true };

/**
 * Checks that a value is an object of options and has no other names: one that is misspelt would be as if not
 * given. What the options are is the caller's to check.
 *
 * @param caller what takes the options, for the message.
 * @param names in the order in which the message tells them.
 * @param expected what the options must be, for the message.
 * @throws TypeError for what is no object (a promise is none) and for the first name that there is not.
 */
export function checkOptionNames<Options extends object>(
  caller: string,
  options: Options,
  names: OptionNames<Options>,
  expected = 'an object',
): void {
  if (typeof options !== 'object' || options === null || options instanceof Promise) {
    throw new TypeError(`${caller}: options must be ${expected}, got ${describeKind(options)}`);
  }
  const unknown = unknownNames(options, names)[0];
  if (unknown === undefined) return;
  throw new TypeError(`${caller}: there is no option ${unknown}, only ${listNames(names)}`);
}

/** Shows no text: it may be a URI with secrets in it. */
function describeKind(value: unknown): string {
  return typeof value === 'string' ? 'a string' : describeValue(value);
}

/** The names of an object's own members that are none of those known. */
export function unknownNames(object: object, names: object): string[] {
  return Object.keys(object).filter((name) => !Object.hasOwn(names, name));
}

/** Names as a message tells them. */
export function listNames(names: object): string {
  return Object.keys(names).join(', ');
}
