import { codedSymbol } from './coded-symbol.ts';
import { PrefixTable } from './prefix-table.ts';

/** The two codes of a block (RFC 1951, section 3.2.5). */
export interface BlockCodes {
  /** Literal bytes, the end of the block, lengths. */
  readonly literals: PrefixTable;
  readonly distances: PrefixTable;
}

/** The codes that are not told (section 3.2.6). zlib takes them for tiny texts. */
export const FIXED_CODES: BlockCodes = /* @__PURE__ */ makeFixedCodes();

function makeFixedCodes(): BlockCodes {
  const literals = [run(144, 8), run(112, 9), run(24, 7), run(8, 8)].flat();
  return { literals: tableOf(literals), distances: tableOf(run(32, 5)) };
}

/** The lengths in bits of so many codes. */
function run(count: number, codeBits: number): number[] {
  return new Array<number>(count).fill(codeBits);
}

function tableOf(lengths: readonly number[]): PrefixTable {
  const coded = Int32Array.from(lengths, (codeBits, symbol) => codedSymbol(symbol, codeBits));
  const table = new PrefixTable(Math.max(...lengths));
  table.fill(coded, 0, coded.length);
  return table;
}
