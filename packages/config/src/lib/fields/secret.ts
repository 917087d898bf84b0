import type { SecretValue } from '@metering/core';

const HIDDEN = '***';
/** What Node's `util.inspect`, and so `console.log`, asks for. */
const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/**
 * Text that comes out by `reveal()` alone. As a string, in JSON, inspected and spread it is `***` or
 * nothing, so that a configuration can be logged.
 */
export class Secret implements SecretValue {
  readonly #text: string;

  /** @throws TypeError for anything but a string. */
  constructor(text: string) {
    if (typeof text !== 'string') throw new TypeError('A secret must be a string');
    this.#text = text;
  }

  /** The text itself. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return HIDDEN;
  }

  /** `***`. */
  toJSON(): string {
    return HIDDEN;
  }

  /** `***`. */
  [INSPECT](): string {
    return HIDDEN;
  }
}

/** True for a secret of ours, also one that another installed copy of this package made. */
export function isSecret(value: unknown): value is SecretValue {
  return typeof value === 'object' && value !== null && 'reveal' in value
    ? typeof value.reveal === 'function'
    : false;
}
