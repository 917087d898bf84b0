import type { SectionField } from '@metering/core';
import { describeValue } from '@metering/core/building-blocks';
import { controlCharacterExpected } from './control-character.ts';
import { isSecret, Secret } from './secret.ts';

/** One option: how it is read and checked, and what editors are told about it. */
export interface Field extends SectionField {
  /** What it is where it is not given. */
  readonly default?: string | boolean | undefined;
  /** What text it takes, for text that it does not take. Default: any without control characters. */
  readonly expected?: ((text: string) => string | undefined) | undefined;
  /** Whether text that it does not take may be a secret in the wrong place. Default false. */
  readonly hideUnexpected?: boolean | undefined;
}

/** What an option may be in a checked configuration. */
export type FieldValue = string | number | boolean | Secret;

/** An option's value, or what it should have been: `must be …`. */
export type Reading = { readonly value: FieldValue } | { readonly expected: string };

const OCTAL = /^0[0-7]{3,4}$/;
const OCTAL_TEXT = 'a file mode in octal, such as "0755"';
const INTEGER = /^-?[0-9]{1,16}$/;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Reads an option from data that has types: a file or an object. */
export function readValue(field: Field, value: unknown): Reading {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? { value } : { expected: 'true or false' };
    case 'integer':
      return readInteger(field, value);
    case 'secret':
      return readString(field, isSecret(value) ? value.reveal() : value);
    default:
      return readString(field, value);
  }
}

/** Reads an option from text: a URI's parameter, or what an environment variable filled in. */
export function readText(field: Field, text: string): Reading {
  switch (field.type) {
    case 'boolean':
      return readValue(field, BOOLEANS.get(text));
    case 'integer':
      return readInteger(field, INTEGER.test(text) ? Number(text) : undefined);
    default:
      return readString(field, text);
  }
}

function readInteger({ minimum = 0, maximum }: Field, value: unknown): Reading {
  const inRange = (number: number) => number >= minimum && number <= (maximum ?? number);
  // Adding 0 makes -0 the 0 that it is written as.
  if (Number.isSafeInteger(value) && inRange(value as number)) return { value: Number(value) + 0 };
  const range = maximum === undefined ? `from ${minimum}` : `from ${minimum} to ${maximum}`;
  return { expected: `an integer ${range}` };
}

function readString(field: Field, value: unknown): Reading {
  if (typeof value !== 'string')
    return { expected: field.type === 'octal' ? OCTAL_TEXT : 'a string' };
  const expected = unfit(field, value);
  if (expected !== undefined) return { expected };
  return { value: field.type === 'secret' ? new Secret(value) : value };
}

function unfit(field: Field, text: string): string | undefined {
  if (!text.isWellFormed()) return 'text without lone surrogates';
  if (field.type === 'octal' && !OCTAL.test(text)) return OCTAL_TEXT;
  return (field.expected ?? controlCharacterExpected)(text);
}

/** What was given for an option, as an error may tell it: itself, or only what kind it is. */
export function describeFound(value: unknown, field: Field, visible: boolean): string {
  const shown = visible && field.type !== 'secret' && field.hideUnexpected !== true;
  return shown && !isObject(value) ? describeValue(value) : describeKind(value);
}

/** What kind of value it is. */
export function describeKind(value: unknown): string {
  if (isObject(value)) return describeObject(value);
  return typeof value === 'string' ? 'a text that is not shown' : `a ${typeof value}`;
}

function isObject(value: unknown): value is object | null {
  return typeof value === 'object';
}

function describeObject(value: object | null): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date';
  if (value instanceof Promise) return 'a promise';
  return isSecret(value) ? 'a secret' : 'a group of options';
}
