import { type JsonValue, parseJson, stringifyJson } from '@metering/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageEqual } from '../src/lib/stored/page-equal.ts';
import { arbitraryRecord } from './support/arbitrary-record.ts';
import { rejection } from './support/storage-errors.ts';

function compare(stored: string, ours: string): Promise<boolean> {
  const json = { key: 'k', stored: Buffer.from(stored), ours: Buffer.from(ours) };
  return pageEqual({ ...json, signal: undefined });
}

const OURS = '{"timestamp":60,"part":0,"parts":1,"data":[{"a":1},{"b":{"value":2,"unit":"x"}}]}';

describe('a page says the same', () => {
  it.each([
    [
      'with its records first',
      '{"data":[{"a":1},{"b":{"unit":"x","value":2}}],"timestamp":60,"part":0,"parts":1}',
    ],
    ['without parts', '{"timestamp":60,"part":0,"data":[{"a":1},{"b":{"value":2,"unit":"x"}}]}'],
    [
      'with escapes',
      '{"timest\\u0061mp":60,"part":0,"parts":1,"d\\u0061ta":[{"\\u0061":1},{"b":{"value":2,"unit":"\\u0078"}}]}',
    ],
    ['with white space', OURS.replace(/([[\]{},:])/g, '\n\t$1 \r')],
    [
      'with numbers in another notation',
      OURS.replace('"value":2', '"value":2.0').replace(':60', ':6e1'),
    ],
  ])('%s', async (_, stored) => {
    expect(await compare(stored, OURS)).toBe(true);
  });

  it('with null, as Go writes it, for no records', async () => {
    const ours = '{"part":0,"parts":1,"data":[]}';
    expect(await compare('{"part":0,"data":null}', ours)).toBe(true);
    expect(await compare('{"part":0,"data":null}', ours.replace('[]', '[{}]'))).toBe(false);
    expect(await compare('{"part":0}', ours)).toBe(false);
    expect(await compare('{"part":0,"data":{}}', ours)).toBe(false);
  });
});

describe('a page says something else', () => {
  it.each([
    ['with a record less', OURS.replace('{"a":1},', '')],
    ['with a record more', OURS.replace(']}', ',{}]}')],
    [
      'with its records in another order',
      '{"timestamp":60,"part":0,"parts":1,"data":[{"b":{"value":2,"unit":"x"}},{"a":1}]}',
    ],
    ['with another value', OURS.replace('"value":2', '"value":3')],
    ['with a member more in a record', OURS.replace('{"a":1}', '{"a":1,"c":1}')],
    ['with a list for its records in a member of another name', OURS.replace('"data"', '"date"')],
    ['with brackets inside a text', OURS.replace('"x"', '"]}\\"]}"')],
    ['as a list', `[${OURS}]`],
    ['as a number', '5'],
    ['as an empty object', '{}'],
  ])('%s', async (_, stored) => {
    expect(await compare(stored, OURS)).toBe(false);
  });
});

// A scanner that only looks for where values end must not let through what no parser would.
it.each([
  OURS.slice(0, -1),
  OURS.slice(0, -2),
  OURS.slice(0, 50),
  `${OURS}}`,
  `${OURS} x`,
  OURS.replace('{"a":1},', '{"a":1}'),
  OURS.replace('{"a":1},', '{"a":1},,'),
  OURS.replace(']}', ',]}'),
  OURS.replace('[{"a"', '[,{"a"'),
  OURS.replace(']}', '}}'),
  OURS.replace(']}', '}'),
  OURS.replace('"part":0,', '"part":0,,'),
  OURS.replace('"part":0', '"part" 0'),
  OURS.replace('"parts":1', '"part":0'),
  OURS.replace('"parts":1', '"parts":1,"data":[]'),
  OURS.replace('{"a":1}', '{"a":1,"a":1}'),
  OURS.replace('{"a":1}', '{"a":01}'),
  OURS.replace('{"a":1}', '{"a":1}{"a":1}'),
  '',
  '{',
  '"',
  '{"data":[',
  '{"data":["\\',
])('what is no JSON is an error: %s', async (stored) => {
  expect(await rejection(compare(stored, OURS))).toMatchObject({ name: 'FormatError' });
});

it('agrees with comparing the parsed pages, whatever their records', async () => {
  const records = fc.array(arbitraryRecord, { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(records, records, fc.boolean(), async (some, others, same) => {
      const page = (data: readonly JsonValue[]) => stringifyJson({ part: 0, parts: 1, data });
      const reversed = (value: JsonValue): JsonValue => {
        if (typeof value !== 'object' || value === null) return value;
        if (Array.isArray(value)) return value.map(reversed);
        const members = Object.entries(value).reverse();
        return Object.fromEntries(members.map(([name, member]) => [name, reversed(member)]));
      };
      const theirs = same ? some : others;
      const stored = page(theirs.map((record) => reversed(parseJson(stringifyJson(record)))));
      expect(await compare(stored, page(some))).toBe(
        stringifyJson(reversed(parseJson(page(theirs)))) ===
          stringifyJson(reversed(parseJson(page(some)))),
      );
    }),
    { numRuns: 300 },
  );
});
