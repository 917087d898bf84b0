import type { JsonValue, MeteringRecord } from '@metering/core';
import fc from 'fast-check';

/** Numbers at which digits are cut, counted or rounded, and those that JavaScript writes oddly. */
const awkwardNumbers = fc.constantFrom<number | bigint>(
  ...[0, -0, 9, 10, 99, 100, 9999, 10_000, 99_999_999, 100_000_000, 999_999_999, 1e9, 1e9 + 1],
  ...[2 ** 31 - 1, 2 ** 31, 2 ** 32, 8_999_999_999_999_999, 9_007_199_000_000_000, 2 ** 53 - 1],
  ...[-1, -(2 ** 53 - 1), 2 ** 53, 1e20, 1e21, 1.5, -2.25e-7, 5e-324, 1.797_693_134_862_315_7e308],
  ...[2n ** 53n, 2n ** 64n - 1n, 2n ** 64n, -(2n ** 70n), 10n ** 40n],
);

const metricValue = fc.oneof(
  fc.nat(),
  fc.maxSafeNat(),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc
    .tuple(fc.nat(9_007_198), fc.integer({ min: -2, max: 2 }))
    .map(([billions, more]) => Math.max(0, billions * 1_000_000_000 + more)),
);

const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }).map(wellFormed) },
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom('\u2028\u2029', '\u007f\u0080', '"\\/\b\f\n\r\t', '\0') },
);

const longText = fc
  .tuple(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }),
    fc.integer({ max: 9000, min: 1 }),
  )
  .map(([piece, times]) => piece.repeat(times));

const name = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('compute_seconds', 'memory_mb', 'error_count', 'µs') },
  { weight: 2, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'value', 'constructor', '', '0', 'toString'),
  },
);

const unit = fc.oneof(fc.constantFrom('seconds', 'MB', 'µs', '"', 'x'.repeat(100)), text);

const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    awkwardNumbers,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, false),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('json')), { maxLength: 4 }).map(objectOf),
  ),
}));

const metric = fc.oneof(
  { weight: 8, arbitrary: fc.record({ value: metricValue, unit }) },
  { weight: 1, arbitrary: fc.record({ unit, value: metricValue }) },
  { weight: 1, arbitrary: fc.record({ value: metricValue, unit: json, note: json }) },
);

const member = fc.oneof(
  { weight: 12, arbitrary: metric },
  { weight: 4, arbitrary: text },
  { weight: 4, arbitrary: json },
  { weight: 1, arbitrary: nested() },
);

/** A record that keeps the rules, mostly as records are, sometimes as they could be. */
export const arbitraryRecord: fc.Arbitrary<MeteringRecord> = fc
  .array(fc.tuple(name, member), { maxLength: 9 })
  .map(objectOf);

/** A record with a text of up to 80 KB, longer than a buffer has to spare. */
export const arbitraryLongRecord: fc.Arbitrary<MeteringRecord> = fc
  .tuple(arbitraryRecord, longText)
  .map(([record, note]) => ({ ...record, note }));

/** Keeps `__proto__` as a member like any other. */
function objectOf(members: readonly (readonly [string, JsonValue])[]): MeteringRecord {
  const object: Record<string, JsonValue> = {};
  for (const [key, value] of members) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true });
  }
  return object;
}

function nested(): fc.Arbitrary<JsonValue> {
  return fc.integer({ min: 1, max: 400 }).map((depth) => {
    let value: JsonValue = {};
    for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
    return value;
  });
}

function wellFormed(string: string): string {
  return string.toWellFormed();
}
