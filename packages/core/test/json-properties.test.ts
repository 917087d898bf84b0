import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError, type JsonValue, parseJson, stringifyJson } from '../src/index.ts';

const KEYS = ['value', 'unit', '__proto__', 'constructor', 'toString', '0', '10', '', 'é', '😀'];

/** Every integer as it is read: a number while it is safe. */
const integer = fc
  .oneof(fc.maxSafeInteger(), fc.bigInt(), fc.bigInt({ min: -(2n ** 54n), max: 2n ** 65n }))
  .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

const fraction = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((value) => !Number.isInteger(value));

const text = fc.oneof(fc.constantFrom(...KEYS), fc.string({ unit: 'binary', maxLength: 60 }));

const { value: anyJson } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    integer,
    fraction,
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(text, tie('value')), { maxLength: 5 })
      .map((pairs) => Object.fromEntries(pairs)),
  ),
}));

/** JSON text with white space, escapes and any order: what other writers may write. */
const foreignText = anyJson.chain((value) =>
  fc
    .record({ space: fc.constantFrom('', ' ', '\t', '\r\n'), escaped: fc.boolean() })
    .map(({ space, escaped }) => {
      const spaced = spaceOut(stringifyJson(value), space);
      return escaped ? escapeAll(spaced) : spaced;
    }),
);

function spaceOut(json: string, space: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|[[\]{},:]/g, (token) =>
    token.startsWith('"') ? token : `${space}${token}${space}`,
  );
}

function escapeAll(json: string): string {
  return json.replace(/[^\u0020-\u007e]/g, (unit) =>
    /\s/.test(unit) && unit < ' ' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What JSON.parse makes of text, or undefined where it refuses. Its members are undefined-free. */
function native(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Every bigint as the double that JSON.parse makes of it. */
function rounded(value: JsonValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rounded);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rounded(member)]));
}

const NAMED_REASONS =
  /twice in one object$|a lone surrogate|malformed or too large$|nested deeper than/;

describe('exact JSON', () => {
  it('reads back what it wrote, every digit', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        deepStrictEqual(parseJson(stringifyJson(value)), value);
      }),
      { numRuns: 500 },
    );
  });

  it('reads text and its bytes alike', () => {
    fc.assert(
      fc.property(foreignText, (json) => {
        deepStrictEqual(parseJson(Buffer.from(json)), parseJson(json));
      }),
    );
  });

  it('writes as JSON.stringify does where there is no bigint', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        expect(stringifyJson(value as JsonValue)).toBe(JSON.stringify(value));
      }),
      { numRuns: 500 },
    );
  });

  it('reads as JSON.parse does, but for the digits that it loses', () => {
    fc.assert(
      fc.property(foreignText, (json) => {
        deepStrictEqual(rounded(parseJson(json)), JSON.parse(json));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses, and beyond that only for a named reason', () => {
    const mutation = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 3 }),
      insert: fc.oneof(
        fc.constantFrom(
          '',
          '"',
          '\\',
          '\\u',
          '\\ud83d',
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '0',
          '-',
          '.',
        ),
        fc.constantFrom('e5', 'E+', '1e999', ' ', '\n', '\0', 'null', 'tru', '"a":1,', '"value":1'),
        fc.string({ unit: 'binary', maxLength: 2 }),
      ),
    });
    fc.assert(
      fc.property(
        foreignText,
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (json, edits) => {
          let mutated = json;
          for (const { at, remove, insert } of edits) {
            const start = at % (mutated.length + 1);
            mutated = mutated.slice(0, start) + insert + mutated.slice(start + remove);
          }
          agree(mutated);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('gives a value or a FormatError for any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom('', '"', '["', '{"a":'),
        (raw, start) => {
          try {
            parseJson(Buffer.concat([Buffer.from(start), raw, Buffer.from('"')]));
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function agree(json: string): void {
  const theirs = native(json);
  try {
    const ours = parseJson(json);
    deepStrictEqual(rounded(ours), theirs);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (theirs !== undefined) expect(error.message).toMatch(NAMED_REASONS);
  }
}
