import { describe, expect, it } from 'vitest';
import {
  DISTANCE_SYMBOLS,
  MAX_DISTANCE_EXTRA_BITS,
  WINDOW_BYTES,
} from '../../src/lib/deflate/deflate-alphabet.ts';
import {
  CODED_END,
  CODED_MASK,
  EXTRA_COUNT_SHIFT,
  EXTRA_MASK,
  EXTRA_SHIFT,
  FIRST_DISTANCE,
  TokenBuffer,
} from '../../src/lib/deflate/token-buffer.ts';

describe('a token', () => {
  it('has room for each thing that is given a code, and for the extra bits above', () => {
    expect(CODED_END - 1).toBeLessThanOrEqual(CODED_MASK);
    expect(2 ** EXTRA_SHIFT - 1).toBe(CODED_MASK);
    expect(2 ** MAX_DISTANCE_EXTRA_BITS - 1).toBeLessThanOrEqual(EXTRA_MASK);
    expect((EXTRA_MASK + 1) * 2 ** EXTRA_SHIFT).toBeLessThanOrEqual(2 ** EXTRA_COUNT_SHIFT);
  });

  it('keeps the three numbers of the longest distance apart', () => {
    const tokens = new TokenBuffer();
    tokens.match(258, WINDOW_BYTES);
    const token = tokens.take()[1]!;
    expect(token & CODED_MASK).toBe(FIRST_DISTANCE + DISTANCE_SYMBOLS - 1);
    expect((token >> EXTRA_SHIFT) & EXTRA_MASK).toBe(2 ** MAX_DISTANCE_EXTRA_BITS - 1);
    expect(token >> EXTRA_COUNT_SHIFT).toBe(MAX_DISTANCE_EXTRA_BITS);
  });
});
