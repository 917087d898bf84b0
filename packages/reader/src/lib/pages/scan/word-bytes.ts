/** Looks at four bytes at once, as an int32 that was read little-endian. */

const EACH = 0x01010101;
const HIGH_BITS = 0x80808080;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const SPACES = 0x20202020;

/** Marks, in their highest bits, the bytes that are quotes. Behind the first mark there may be false ones. */
export function quotesIn(word: number): number {
  const difference = word ^ QUOTES;
  return (difference - EACH) & ~difference & HIGH_BITS;
}

/**
 * Marks the bytes that may not stand in a string as they are, or are not ASCII: quotes, backslashes,
 * control characters. Behind the first mark there may be false ones.
 */
export function stopsIn(word: number): number {
  const quote = word ^ QUOTES;
  const backslash = word ^ BACKSLASHES;
  const found =
    ((quote - EACH) & ~quote) |
    ((backslash - EACH) & ~backslash) |
    ((word - SPACES) & ~word) |
    word;
  return found & HIGH_BITS;
}

/** Which of the four bytes has the first mark: 0 to 3. */
export function firstMark(marks: number): number {
  return (31 - Math.clz32(marks & -marks)) >> 3;
}

/** The text as the words that `matches` compares. */
export function wordOf(text: string): number {
  return Buffer.from(text, 'latin1').readInt32LE();
}
