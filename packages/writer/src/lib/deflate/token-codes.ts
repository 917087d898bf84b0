import {
  DISTANCE_SYMBOLS,
  END_OF_BLOCK,
  LENGTH_EXTRA,
  LENGTH_EXTRA_COUNT,
  LENGTH_SYMBOL,
  LITERAL_LENGTH_SYMBOLS,
  MAX_CODE_BITS,
} from './deflate-alphabet.ts';
import { FIRST_GROUP, GROUP_DIGITS, GROUPS_END } from './digit-groups.ts';
import { huffmanCodeLengths, huffmanCodes } from './huffman-code.ts';
import type { TokenCounts } from './token-counts.ts';

/** What a word has room for beside bits that do not make a byte. */
export const MAX_BITS_AT_ONCE = 24;
/** A code is held with the number of its bits, which stands from this bit on. */
export const COUNT_SHIFT = 24;
export const CODE_MASK = (1 << COUNT_SHIFT) - 1;

/** The Huffman codes of a block, by what its tokens hold. One object serves one block after the other. */
export class TokenCodes {
  /** By literal byte or group of digits. */
  readonly literals = new Int32Array(GROUPS_END);
  /** By length − 3: the code with its extra bits. */
  readonly lengths = new Int32Array(LENGTH_SYMBOL.length);
  /** By symbol of a distance: the code without its extra bits, which stand behind it. */
  readonly distances = new Int32Array(DISTANCE_SYMBOLS);
  /** The lengths of the codes, for the block's header. */
  literalLengths: Uint8Array = new Uint8Array(LITERAL_LENGTH_SYMBOLS);
  distanceLengths: Uint8Array = new Uint8Array(DISTANCE_SYMBOLS);
  /** The code that ends the block. */
  endBits = 0;
  get endCount(): number {
    return this.literalLengths[END_OF_BLOCK]!;
  }

  /** Makes the best codes for a block. @returns false where a group of digits has none that is short enough. */
  make(counts: TokenCounts): boolean {
    this.literalLengths = huffmanCodeLengths(literalFrequencies(counts), MAX_CODE_BITS);
    this.distanceLengths = huffmanCodeLengths(counts.distances, MAX_CODE_BITS);
    const codes = huffmanCodes(this.literalLengths);
    this.#setLiterals(codes);
    this.#setLengths(codes);
    this.#setDistances(huffmanCodes(this.distanceLengths));
    this.endBits = codes[END_OF_BLOCK]!;
    return this.#setGroups(counts);
  }

  #setLiterals(codes: Uint16Array): void {
    for (let byte = 0; byte < FIRST_GROUP; byte++) {
      this.literals[byte] = counted(codes[byte]!, this.literalLengths[byte]!);
    }
  }

  #setLengths(codes: Uint16Array): void {
    for (let index = 0; index < LENGTH_SYMBOL.length; index++) {
      const symbol = LENGTH_SYMBOL[index]!;
      const count = this.literalLengths[symbol]!;
      const bits = codes[symbol]! | (LENGTH_EXTRA[index]! << count);
      this.lengths[index] = counted(bits, count + LENGTH_EXTRA_COUNT[index]!);
    }
  }

  #setDistances(codes: Uint16Array): void {
    for (let symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
      this.distances[symbol] = counted(codes[symbol]!, this.distanceLengths[symbol]!);
    }
  }

  /** Puts the codes of the digits of each group behind each other. */
  #setGroups({ literals }: TokenCounts): boolean {
    for (let group = FIRST_GROUP; group < GROUPS_END; group++) {
      if (literals[group] === 0) continue;
      let bits = 0;
      let count = 0;
      for (const digit of GROUP_DIGITS[group - FIRST_GROUP]!) {
        bits |= (this.literals[digit]! & CODE_MASK) << count;
        count += this.literalLengths[digit]!;
      }
      if (count > MAX_BITS_AT_ONCE) return false;
      this.literals[group] = counted(bits, count);
    }
    return true;
  }
}

/** How often each symbol comes that stands for a literal, the end or a length. */
function literalFrequencies({ literals, lengths }: TokenCounts): Uint32Array {
  const frequencies = new Uint32Array(LITERAL_LENGTH_SYMBOLS);
  frequencies.set(literals.subarray(0, FIRST_GROUP));
  for (let group = FIRST_GROUP; group < GROUPS_END; group++) {
    const count = literals[group]!;
    if (count === 0) continue;
    for (const digit of GROUP_DIGITS[group - FIRST_GROUP]!) frequencies[digit]! += count;
  }
  frequencies[END_OF_BLOCK] = 1;
  for (let index = 0; index < LENGTH_SYMBOL.length; index++) {
    frequencies[LENGTH_SYMBOL[index]!]! += lengths[index]!;
  }
  return frequencies;
}

function counted(bits: number, count: number): number {
  return bits | (count << COUNT_SHIFT);
}
