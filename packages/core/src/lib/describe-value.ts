/** How much of a value a message shows. */
const SHOWN_CHARACTERS = 40;
const SHOWN_BITS = 128;

/** A value as a message may show it: short, and never a whole object. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    const rest = value.length > SHOWN_CHARACTERS ? '…' : '';
    return JSON.stringify(value.slice(0, SHOWN_CHARACTERS) + rest);
  }
  if (typeof value === 'bigint') {
    return BigInt.asIntN(SHOWN_BITS, value) === value ? `${value}n` : 'a huge bigint';
  }
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return `a ${className(value)}`;
  return typeof value === 'function' || typeof value === 'symbol'
    ? `a ${typeof value}`
    : String(value);
}

function className(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? name : 'plain object';
}

/** How messages say that a value is not what it should be. */
export function mustBe(expected: string, value: unknown): string {
  return `must be ${expected}, got ${describeValue(value)}`;
}

/** The error of a programmer who passed something else than `name` must be. */
export function wrongArgument(name: string, expected: string, value: unknown): TypeError {
  return new TypeError(`${name} ${mustBe(expected, value)}`);
}

/** What went wrong, in the words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
