import { bitsAt } from './bits-at.ts';
import type { BlockCodes } from './block-codes.ts';
import { codeBitsOf, codedSymbol, symbolOf } from './coded-symbol.ts';
import { PrefixTable } from './prefix-table.ts';

/**
 * Longer codes are left to zlib. So two literals fit into 24 bits, which are held at once where symbols are read, and
 * so does a distance with up to 13 extra bits.
 */
const MAX_LITERAL_BITS = 12;
const MAX_DISTANCE_BITS = 11;

/** More symbols have no code that may be told. */
const MAX_LITERALS = 286;
const MAX_DISTANCES = 30;

/** The three counts of the header. */
const COUNTS_BITS = 14;
/** The order in which the lengths of the codes of code lengths are listed, three bits each. */
const LISTED_ORDER = /* @__PURE__ */ Uint8Array.of(
  ...[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15],
);
const LISTED_BITS = 3;
const MAX_LISTED = 7;

/** The symbols below are code lengths, these are runs: of the length before, then twice of 0. */
const FIRST_RUN = 16;
/** How long a run is at the least, and how many extra bits tell what it is more. */
const RUN_LEAST = /* @__PURE__ */ Uint8Array.of(3, 3, 11);
const RUN_EXTRA_BITS = /* @__PURE__ */ Uint8Array.of(2, 3, 7);

/** The codes of the block that was read last: to make tables anew takes longer than to inflate a small file. */
export const DYNAMIC_CODES: BlockCodes = {
  literals: /* @__PURE__ */ new PrefixTable(MAX_LITERAL_BITS),
  distances: /* @__PURE__ */ new PrefixTable(MAX_DISTANCE_BITS),
};

// For one header after the other, as the arrays of `PrefixTable`.
const lengthCode = /* @__PURE__ */ new PrefixTable(MAX_LISTED);
const listedLengths = /* @__PURE__ */ new Uint8Array(LISTED_ORDER.length);
/** Those that have a code. Most have none, so they take less time than all. */
const codedSymbols = /* @__PURE__ */ new Int32Array(MAX_LITERALS + MAX_DISTANCES);

/**
 * Makes `DYNAMIC_CODES` those that the header of a block tells (RFC 1951, section 3.2.7).
 *
 * @param position the bit behind the type of the block.
 * @returns the bit behind the codes; undefined where they are not valid, too long or not complete.
 * @throws RangeError at the end of the input.
 */
export function readDynamicCodes(input: DataView, position: number): number | undefined {
  const counts = bitsAt(input, position);
  const literals = 257 + (counts & 31);
  const distances = 1 + ((counts >>> 5) & 31);
  const listed = 4 + ((counts >>> 10) & 15);
  if (literals > MAX_LITERALS || distances > MAX_DISTANCES) return undefined;
  const list = position + COUNTS_BITS;
  if (!readLengthCode(input, list, listed)) return undefined;
  return readCodeLengths(input, list + listed * LISTED_BITS, literals, distances);
}

/** Reads the code of code lengths. */
function readLengthCode(input: DataView, start: number, count: number): boolean {
  const lengths = listedLengths;
  const order = LISTED_ORDER;
  const coded = codedSymbols;
  for (let symbol = 0; symbol < lengths.length; symbol++) lengths[symbol] = 0;
  for (let index = 0; index < count; index++) {
    lengths[order[index]!] = bitsAt(input, start + index * LISTED_BITS) & 7;
  }
  let codedCount = 0;
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const codeBits = lengths[symbol]!;
    if (codeBits !== 0) coded[codedCount++] = codedSymbol(symbol, codeBits);
  }
  return lengthCode.fill(coded, 0, codedCount);
}

/**
 * Reads the lengths of both codes, which follow each other as if they were one's: a run may go across. In one function,
 * because fields would take longer than what is done here.
 */
function readCodeLengths(
  input: DataView,
  start: number,
  literals: number,
  distances: number,
): number | undefined {
  const { entries, mask } = lengthCode;
  const coded = codedSymbols;
  const symbols = literals + distances;
  let position = start;
  let codedCount = 0;
  let last = 0;
  for (let symbol = 0; symbol < symbols; ) {
    const bits = bitsAt(input, position);
    const entry = entries[bits & mask]!;
    const read = symbolOf(entry);
    position += codeBitsOf(entry);
    if (read < FIRST_RUN) {
      last = read;
      if (last !== 0) coded[codedCount++] = codedSymbol(symbol, last);
      symbol += 1;
      continue;
    }
    if (read !== FIRST_RUN) last = 0;
    else if (symbol === 0) return undefined;
    const extraBits = RUN_EXTRA_BITS[read - FIRST_RUN]!;
    const extra = (bits >>> codeBitsOf(entry)) & ((1 << extraBits) - 1);
    position += extraBits;
    const end = symbol + RUN_LEAST[read - FIRST_RUN]! + extra;
    if (end > symbols) return undefined;
    if (last === 0) symbol = end;
    else while (symbol < end) coded[codedCount++] = codedSymbol(symbol++, last);
  }
  return fillTables(literals, codedCount) ? position : undefined;
}

function fillTables(literals: number, codedCount: number): boolean {
  const coded = codedSymbols;
  const firstDistance = codedSymbol(literals, 0);
  let split = codedCount;
  while (split > 0 && coded[split - 1]! >= firstDistance) {
    split -= 1;
    coded[split]! -= firstDistance;
  }
  const { literals: table, distances } = DYNAMIC_CODES;
  return table.fill(coded, 0, split) && distances.fill(coded, split, codedCount);
}
