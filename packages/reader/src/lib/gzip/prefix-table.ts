/** A symbol with the length of its code in bits, as one number: the symbol from this bit on, the length below. */
export const SYMBOL_SHIFT = 4;
export const LENGTH_MASK = (1 << SYMBOL_SHIFT) - 1;

/** Above this many entries, a call of the engine copies them faster than a loop. */
const MAX_LOOPED = 16;

// For one table after the other: to make them anew takes longer than to fill them.
const symbolsOfLength = new Int32Array(LENGTH_MASK + 1);
const nextOfLength = new Int32Array(LENGTH_MASK + 1);
const sorted = new Int32Array(288);

/** A prefix code (RFC 1951, section 3.2.2), as a table of what the next bits can be. */
export class PrefixTable {
  /** By the bits that `mask` leaves: the symbol whose code they begin with, with the length of that. */
  readonly entries: Uint16Array;
  mask = 0;
  readonly #maxBits: number;

  constructor(maxBits: number) {
    this.#maxBits = maxBits;
    this.entries = new Uint16Array(1 << maxBits);
  }

  /**
   * Makes the table of a code.
   *
   * @param coded the symbols that have a code, from the lowest on, with its length; from `start` to `end`.
   * @returns false for a code that is too long, and for one that is not complete: two symbols have a
   *   code in common, or bits are no symbol's.
   */
  fill(coded: Int32Array, start: number, end: number): boolean {
    const longest = countLengths(coded, start, end);
    if (longest > this.#maxBits || !isComplete(longest)) return false;
    sortByLength(coded, start, end, longest);
    this.#enterCodes(longest);
    this.mask = (1 << longest) - 1;
    return true;
  }

  /** The table for one bit more is that for one less, twice, and the codes of its length in their places. */
  #enterCodes(longest: number): void {
    const { entries } = this;
    let size = 1;
    let code = 0;
    let next = 0;
    for (let length = 1; length <= longest; length++) {
      repeat(entries, size);
      size *= 2;
      for (let left = symbolsOfLength[length]!; left > 0; left--) {
        entries[code] = sorted[next++]!;
        code = codeAfter(code, size);
      }
    }
  }
}

/** Counts the symbols by the lengths of their codes. @returns the greatest length. */
function countLengths(coded: Int32Array, start: number, end: number): number {
  for (let length = 0; length <= LENGTH_MASK; length++) symbolsOfLength[length] = 0;
  for (let index = start; index < end; index++) symbolsOfLength[coded[index]! & LENGTH_MASK]! += 1;
  let longest = LENGTH_MASK;
  while (longest > 0 && symbolsOfLength[longest] === 0) longest -= 1;
  return longest;
}

/** Whether the codes have all that bits can be, and nothing twice. */
function isComplete(longest: number): boolean {
  let taken = 0;
  for (let length = 1; length <= longest; length++) taken = taken * 2 + symbolsOfLength[length]!;
  return taken === 1 << longest;
}

/** The order in which codes are given: by length, then by symbol. */
function sortByLength(coded: Int32Array, start: number, end: number, longest: number): void {
  let next = 0;
  for (let length = 1; length <= longest; length++) {
    nextOfLength[length] = next;
    next += symbolsOfLength[length]!;
  }
  for (let index = start; index < end; index++) {
    const entry = coded[index]!;
    sorted[nextOfLength[entry & LENGTH_MASK]!++] = entry;
  }
}

function repeat(entries: Uint16Array, size: number): void {
  if (size > MAX_LOOPED) entries.copyWithin(size, 0, size);
  else for (let index = 0; index < size; index++) entries[size + index] = entries[index]!;
}

/** Counts on by 1 from the highest bit, because that of a code which counts least is read last. */
function codeAfter(code: number, size: number): number {
  const highestZero = 1 << (31 - Math.clz32(code ^ (size - 1)));
  return (code & (highestZero - 1)) | highestZero;
}
