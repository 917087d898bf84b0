import { bitsAt } from './bits-at.ts';
import { type BlockCodes, MAX_CODE_BITS } from './block-codes.ts';
import { LENGTH_MASK, PrefixTable, SYMBOL_SHIFT } from './prefix-table.ts';

const MAX_LITERALS = 286;
const MAX_DISTANCES = 30;
const COUNTS_BITS = 14;

/** The symbols of the code of code lengths: lengths, then runs of one. The order in which theirs are listed. */
const LISTED_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LISTED_BITS = 3;
const MAX_LISTED_LENGTH = 7;
const COPY_BEFORE = 16;
/** From `COPY_BEFORE` on: how long a run is at the least, and how many extra bits tell what it is more. */
const RUN_LEAST = [3, 3, 11];
const RUN_EXTRA_BITS = [2, 3, 7];

/** The codes of a block whose header tells them (RFC 1951, section 3.2.7). One object serves one block after the other. */
export class DynamicCodes implements BlockCodes {
  readonly literals = new PrefixTable(MAX_CODE_BITS);
  readonly distances = new PrefixTable(MAX_CODE_BITS);
  readonly #lengths = new PrefixTable(MAX_LISTED_LENGTH);
  readonly #listed = new Uint8Array(LISTED_ORDER.length);
  /** The symbols that have a code. Most have none, so they take less time than all lengths. */
  readonly #coded = new Int32Array(MAX_LITERALS + MAX_DISTANCES);
  #codedCount = 0;

  /**
   * Reads the codes.
   *
   * @param position the bit at which the counts begin.
   * @returns the bit behind the codes; undefined for codes that are not valid, too long or not complete.
   * @throws RangeError at the end of the input.
   */
  read(input: DataView, position: number): number | undefined {
    const counts = bitsAt(input, position);
    const literals = 257 + (counts & 31);
    const distances = 1 + ((counts >>> 5) & 31);
    const listed = 4 + ((counts >>> 10) & 15);
    if (literals > MAX_LITERALS || distances > MAX_DISTANCES) return undefined;
    const listEnd = position + COUNTS_BITS + listed * LISTED_BITS;
    if (!this.#readList(input, position + COUNTS_BITS, listed)) return undefined;
    const end = this.#readLengths(input, listEnd, literals + distances);
    return this.#fillTables(literals) ? end : undefined;
  }

  /** Reads the code of code lengths. */
  #readList(input: DataView, start: number, count: number): boolean {
    const listed = this.#listed;
    for (let symbol = 0; symbol < listed.length; symbol++) listed[symbol] = 0;
    for (let index = 0; index < count; index++) {
      listed[LISTED_ORDER[index]!] = bitsAt(input, start + index * LISTED_BITS) & 7;
    }
    const coded = this.#coded;
    let codedCount = 0;
    for (let symbol = 0; symbol < listed.length; symbol++) {
      const length = listed[symbol]!;
      if (length !== 0) coded[codedCount++] = (symbol << SYMBOL_SHIFT) | length;
    }
    return this.#lengths.fill(coded, 0, codedCount);
  }

  /**
   * Reads the lengths of both codes, which follow each other as if they were one's.
   *
   * @returns the bit behind them; undefined where a run has no length to repeat, or goes on behind the last symbol.
   */
  #readLengths(input: DataView, start: number, symbols: number): number | undefined {
    const { entries, mask } = this.#lengths;
    const coded = this.#coded;
    let position = start;
    let codedCount = 0;
    let last = 0;
    for (let symbol = 0; symbol < symbols; ) {
      const bits = bitsAt(input, position);
      const entry = entries[bits & mask]!;
      const codeBits = entry & LENGTH_MASK;
      const read = entry >>> SYMBOL_SHIFT;
      position += codeBits;
      if (read < COPY_BEFORE) {
        last = read;
        if (last !== 0) coded[codedCount++] = (symbol << SYMBOL_SHIFT) | last;
        symbol += 1;
        continue;
      }
      if (read !== COPY_BEFORE) last = 0;
      else if (symbol === 0) return undefined;
      const extraBits = RUN_EXTRA_BITS[read - COPY_BEFORE]!;
      const extra = (bits >>> codeBits) & ((1 << extraBits) - 1);
      position += extraBits;
      const end = symbol + RUN_LEAST[read - COPY_BEFORE]! + extra;
      if (end > symbols) return undefined;
      if (last === 0) symbol = end;
      else while (symbol < end) coded[codedCount++] = (symbol++ << SYMBOL_SHIFT) | last;
    }
    this.#codedCount = codedCount;
    return position;
  }

  #fillTables(literals: number): boolean {
    const coded = this.#coded;
    const end = this.#codedCount;
    let split = end;
    while (split > 0 && coded[split - 1]! >= literals << SYMBOL_SHIFT) {
      split -= 1;
      coded[split]! -= literals << SYMBOL_SHIFT;
    }
    return this.literals.fill(coded, 0, split) && this.distances.fill(coded, split, end);
  }
}
