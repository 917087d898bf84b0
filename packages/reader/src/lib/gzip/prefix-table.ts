import { codeBitsOf } from './coded-symbol.ts';

/** No code of deflate is longer. */
const MAX_BITS = 15;
/** No alphabet of deflate has more. */
const MAX_SYMBOLS = 288;
/** More entries than these are copied faster by the engine than by a loop. */
const MAX_LOOPED = 16;

// For one table after the other: to make them anew takes longer than to fill them.
const symbolsByBits = /* @__PURE__ */ new Int32Array(MAX_BITS + 1);
const nextByBits = /* @__PURE__ */ new Int32Array(MAX_BITS + 1);
const sortedSymbols = /* @__PURE__ */ new Int32Array(MAX_SYMBOLS);

/** A prefix code (RFC 1951, section 3.2.2), as a table of what the next bits can be. */
export class PrefixTable {
  /** By the bits that `mask` leaves: the coded symbol that they begin with. */
  readonly entries: Uint16Array;
  mask = 0;
  readonly #maxBits: number;

  constructor(maxBits: number) {
    this.#maxBits = maxBits;
    this.entries = new Uint16Array(1 << maxBits);
  }

  /**
   * Makes the table of a code. Three are made for each block, which takes as long as reading a small one. So all is
   * in one function, with its arrays at hand: a bundler makes variables of what is constant in a module.
   *
   * @param coded the coded symbols, from `start` to `end`.
   * @returns false for a code that is too long, and for one that is not complete: two symbols have a
   *   code in common, or bits are no symbol's.
   */
  fill(coded: Int32Array, start: number, end: number): boolean {
    const counts = symbolsByBits;
    for (let bits = 0; bits <= MAX_BITS; bits++) counts[bits] = 0;
    for (let index = start; index < end; index++) counts[codeBitsOf(coded[index]!)]! += 1;
    let longest = MAX_BITS;
    while (longest > 0 && counts[longest] === 0) longest -= 1;
    if (longest > this.#maxBits) return false;

    const next = nextByBits;
    let first = 0;
    let taken = 0;
    for (let bits = 1; bits <= longest; bits++) {
      next[bits] = first;
      first += counts[bits]!;
      taken = (taken << 1) + counts[bits]!;
    }
    if (taken !== 1 << longest) return false;

    // Codes are given to the shorter ones first, then by symbol.
    const sorted = sortedSymbols;
    for (let index = start; index < end; index++) {
      const symbol = coded[index]!;
      sorted[next[codeBitsOf(symbol)]!++] = symbol;
    }

    // The table for one bit more is that for one less, twice, with the codes of its length in their places.
    const entries = this.entries;
    let size = 1;
    let code = 0;
    let given = 0;
    for (let bits = 1; bits <= longest; bits++) {
      if (size > MAX_LOOPED) entries.copyWithin(size, 0, size);
      else for (let index = 0; index < size; index++) entries[size + index] = entries[index]!;
      size <<= 1;
      for (let left = counts[bits]!; left > 0; left--) {
        entries[code] = sorted[given++]!;
        // Counts on by 1 from the highest bit: what counts least in a code is read last.
        const highestZero = 1 << (31 - Math.clz32(code ^ (size - 1)));
        code = (code & (highestZero - 1)) | highestZero;
      }
    }
    this.mask = size - 1;
    return true;
  }
}
