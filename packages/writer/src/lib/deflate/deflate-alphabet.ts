/** The alphabets of RFC 1951, section 3.2.5. */

/** The longest match, and how far back it may begin. */
export const MAX_MATCH_LENGTH = 258;
export const MIN_MATCH_LENGTH = 3;
export const WINDOW_BYTES = 32_768;

/** Literal bytes, the end of a block, lengths. */
export const LITERAL_LENGTH_SYMBOLS = 286;
export const END_OF_BLOCK = 256;
export const DISTANCE_SYMBOLS = 30;
/** No code of either alphabet is longer. */
export const MAX_CODE_BITS = 15;

/** A run of numbers that share a symbol; extra bits tell them apart. */
interface SymbolRange {
  readonly symbol: number;
  readonly first: number;
  readonly extraBits: number;
}

const LENGTH_EXTRA_BITS = [
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
];
const LENGTH_RANGES = [
  ...rangesOf(LENGTH_EXTRA_BITS, END_OF_BLOCK + 1, MIN_MATCH_LENGTH),
  { symbol: LITERAL_LENGTH_SYMBOLS - 1, first: MAX_MATCH_LENGTH, extraBits: 0 },
];

/** By length − 3. */
export const LENGTH_SYMBOL = new Uint16Array(MAX_MATCH_LENGTH - MIN_MATCH_LENGTH + 1);
export const LENGTH_EXTRA = new Uint8Array(LENGTH_SYMBOL.length);
export const LENGTH_EXTRA_COUNT = new Uint8Array(LENGTH_SYMBOL.length);
fill(LENGTH_RANGES);

/**
 * The symbol of a distance, less 1: the place of its highest bit and the bit behind it. A table of all
 * distances would take 32 KB.
 */
export function distanceSymbol(distanceIndex: number): number {
  if (distanceIndex < 2) return distanceIndex;
  const highest = 31 - Math.clz32(distanceIndex);
  return 2 * highest + ((distanceIndex >>> (highest - 1)) & 1);
}

/** How many of the lowest bits of a distance, less 1, stand behind the code of its symbol. */
export function distanceExtraCount(symbol: number): number {
  return symbol < 2 ? 0 : (symbol >>> 1) - 1;
}

/** No symbol of a distance has more. */
export const MAX_DISTANCE_EXTRA_BITS = distanceExtraCount(DISTANCE_SYMBOLS - 1);

function rangesOf(extraBits: readonly number[], symbol: number, first: number): SymbolRange[] {
  let next = first;
  return extraBits.map((bits, index) => {
    const range = { symbol: symbol + index, first: next, extraBits: bits };
    next += 1 << bits;
    return range;
  });
}

/** Enters the lengths of each range; a later range goes before an earlier one. */
function fill(ranges: readonly SymbolRange[]): void {
  for (const { symbol, first, extraBits } of ranges) {
    for (let extra = 0; extra < 1 << extraBits; extra++) {
      const index = first + extra - MIN_MATCH_LENGTH;
      if (index >= LENGTH_SYMBOL.length) break;
      LENGTH_SYMBOL[index] = symbol;
      LENGTH_EXTRA[index] = extra;
      LENGTH_EXTRA_COUNT[index] = extraBits;
    }
  }
}
