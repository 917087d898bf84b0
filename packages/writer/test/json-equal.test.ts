import { type JsonValue, parseJson } from '@metering/core';
import { describe, expect, it } from 'vitest';
import { jsonEqual } from '../src/lib/stored/json-equal.ts';

const DIFFERENT = ['null', '0', '1', '""', '"0"', 'true', 'false', '[]', '{}', '[0]', '[null]'];
const DIFFERENT_OBJECTS = ['{"0":0}', '{"a":1}', '{"a":null}', '{"b":1}', '{"a":1,"b":1}'];
const PROTOTYPES = ['{"__proto__":{}}', '{"toString":null}'];
const VALUES = [...DIFFERENT, ...DIFFERENT_OBJECTS, ...PROTOTYPES, '18446744073709551615'];

const parsed = (json: string): JsonValue => parseJson(json);

// What is taken for equal counts as stored, and is then nowhere.
describe.each(VALUES)('%s', (a) => {
  it.each(VALUES)('and %s are equal only if they are the same', (b) => {
    expect(jsonEqual(parsed(a), parsed(b))).toBe(a === b);
    expect(jsonEqual({ a: parsed(a) }, { a: parsed(b) })).toBe(a === b);
  });
});

it('the order of keys says nothing, that of items does', () => {
  expect(jsonEqual(parsed('{"a":1,"b":2}'), parsed('{"b":2,"a":1}'))).toBe(true);
  expect(jsonEqual(parsed('[1,2]'), parsed('[2,1]'))).toBe(false);
});
