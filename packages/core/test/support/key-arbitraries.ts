import fc from 'fast-check';

const FORBIDDEN = /[/\\\p{Cc}\ufffe\uffff]/u;

/** Any text that may be a segment of a key, short enough that four of them fit. */
export const identifier = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => text !== '.' && text !== '..' && !FORBIDDEN.test(text) && text.length < 60);

export const selfId = identifier.map((text) => text.replaceAll('-', '_'));

/** Minutes from 1970 to the year 5138, where milliseconds begin. */
export const timestamp = fc.integer({ min: 1, max: 1_666_666_666 }).map((minute) => minute * 60);

export const part = fc.oneof(fc.nat({ max: 20 }), fc.maxSafeNat());
