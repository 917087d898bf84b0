import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareUtf8 } from '../src/building-blocks.ts';
import { utf8Length } from '../src/lib/keys/utf8.ts';

/** Texts that often share a beginning, with characters on both sides of the surrogates. */
const text = fc
  .array(fc.constantFrom('a', 'b', '/', 'é', '퟿', '\ue000', '\uffff', '𐀀', '😀', '\u{10ffff}'))
  .map((characters) => characters.join(''));

describe('compareUtf8', () => {
  it('orders as the bytes of UTF-8 do', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), text, (a, b) => {
        const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareUtf8(a, b))).toBe(expected);
        expect(compareUtf8(a, a)).toBe(0);
      }),
    );
  });

  it('orders characters above U+FFFF last, where UTF-16 orders them before U+E000', () => {
    expect('😀' < '\uffff').toBe(true);
    expect(compareUtf8('😀', '\uffff')).toBeGreaterThan(0);
  });

  it('orders t-/ before t/', () => {
    expect(compareUtf8('t-/a', 't/a')).toBeLessThan(0);
  });
});

describe('utf8Length', () => {
  it('counts the bytes of well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        expect(utf8Length(any)).toBe(Buffer.byteLength(any));
      }),
    );
  });
});
