import { PrefixTable, SYMBOL_SHIFT } from './prefix-table.ts';

/**
 * Longer codes are left to zlib. So two literals are read of the bits that are at hand at once, and a distance
 * with its extra bits.
 */
export const MAX_CODE_BITS = 12;

/** The two codes of a block (RFC 1951, section 3.2.5). */
export interface BlockCodes {
  /** Literal bytes, the end of the block, lengths. */
  readonly literals: PrefixTable;
  readonly distances: PrefixTable;
}

/** The codes that need not be told (section 3.2.6). zlib takes them for tiny texts. */
export const FIXED_CODES: BlockCodes = {
  literals: /* @__PURE__ */ tableOf([
    [144, 8],
    [112, 9],
    [24, 7],
    [8, 8],
  ]),
  distances: /* @__PURE__ */ tableOf([[32, 5]]),
};

/** @param runs how many symbols there are, one after the other, whose codes have which length. */
function tableOf(runs: readonly (readonly [count: number, length: number])[]): PrefixTable {
  const lengths = runs.flatMap(([count, length]) => new Array<number>(count).fill(length));
  const coded = Int32Array.from(lengths, (length, symbol) => (symbol << SYMBOL_SHIFT) | length);
  const table = new PrefixTable(Math.max(...lengths));
  table.fill(coded, 0, coded.length);
  return table;
}
