import {
  DISTANCE_SYMBOLS,
  END_OF_BLOCK,
  LENGTH_EXTRA,
  LENGTH_EXTRA_COUNT,
  LENGTH_SYMBOL,
  LITERAL_LENGTH_SYMBOLS,
  MAX_CODE_BITS,
  MAX_DISTANCE_EXTRA_BITS,
} from './deflate-alphabet.ts';
import { FIRST_GROUP, GROUP_DIGITS, GROUPS_END } from './digit-groups.ts';
import { huffmanCodeLengths, huffmanCodes } from './huffman-code.ts';
import { CODED_END, FIRST_DISTANCE, FIRST_LENGTH } from './token-buffer.ts';

/** What a word has room for beside bits that do not make a byte. */
export const MAX_BITS_AT_ONCE = 24;
/** A code is held with the number of its bits, which stands from this bit on. */
export const COUNT_SHIFT = 24;
export const CODE_MASK = (1 << COUNT_SHIFT) - 1;

/** So that the code of a distance and its extra bits are written at once. */
const MAX_DISTANCE_CODE_BITS = MAX_BITS_AT_ONCE - MAX_DISTANCE_EXTRA_BITS;

/** The Huffman codes of a block, by what its tokens hold. One object serves one block after the other. */
export class TokenCodes {
  /** By what a token is given a code by; those of lengths with their extra bits. */
  readonly codes = new Int32Array(CODED_END);
  /** The lengths of the codes, for the block's header. */
  literalLengths: Uint8Array = new Uint8Array(LITERAL_LENGTH_SYMBOLS);
  distanceLengths: Uint8Array = new Uint8Array(DISTANCE_SYMBOLS);
  /** The code that ends the block. */
  endBits = 0;
  get endCount(): number {
    return this.literalLengths[END_OF_BLOCK]!;
  }

  /**
   * Makes the best codes for a block.
   *
   * @param counts how often each token comes.
   * @returns false where a group of digits has none that is short enough.
   */
  make(counts: Uint32Array): boolean {
    this.literalLengths = huffmanCodeLengths(literalFrequencies(counts), MAX_CODE_BITS);
    this.distanceLengths = huffmanCodeLengths(
      counts.subarray(FIRST_DISTANCE),
      MAX_DISTANCE_CODE_BITS,
    );
    const codes = huffmanCodes(this.literalLengths);
    this.#setLiterals(codes);
    this.#setLengths(codes);
    this.#setDistances(huffmanCodes(this.distanceLengths));
    this.endBits = codes[END_OF_BLOCK]!;
    return this.#setGroups(counts);
  }

  #setLiterals(codes: Uint16Array): void {
    for (let byte = 0; byte < FIRST_GROUP; byte++) {
      this.codes[byte] = counted(codes[byte]!, this.literalLengths[byte]!);
    }
  }

  #setLengths(codes: Uint16Array): void {
    for (let index = 0; index < LENGTH_SYMBOL.length; index++) {
      const symbol = LENGTH_SYMBOL[index]!;
      const count = this.literalLengths[symbol]!;
      const bits = codes[symbol]! | (LENGTH_EXTRA[index]! << count);
      this.codes[FIRST_LENGTH + index] = counted(bits, count + LENGTH_EXTRA_COUNT[index]!);
    }
  }

  #setDistances(codes: Uint16Array): void {
    for (let symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
      this.codes[FIRST_DISTANCE + symbol] = counted(codes[symbol]!, this.distanceLengths[symbol]!);
    }
  }

  /** Puts the codes of the digits of each group behind each other. */
  #setGroups(counts: Uint32Array): boolean {
    for (let group = FIRST_GROUP; group < GROUPS_END; group++) {
      if (counts[group] === 0) continue;
      let bits = 0;
      let count = 0;
      for (const digit of GROUP_DIGITS[group - FIRST_GROUP]!) {
        bits |= (this.codes[digit]! & CODE_MASK) << count;
        count += this.literalLengths[digit]!;
      }
      if (count > MAX_BITS_AT_ONCE) return false;
      this.codes[group] = counted(bits, count);
    }
    return true;
  }
}

/** How often each symbol comes that stands for a literal, the end or a length. */
function literalFrequencies(counts: Uint32Array): Uint32Array {
  const frequencies = new Uint32Array(LITERAL_LENGTH_SYMBOLS);
  frequencies.set(counts.subarray(0, FIRST_GROUP));
  for (let group = FIRST_GROUP; group < GROUPS_END; group++) {
    const count = counts[group]!;
    if (count === 0) continue;
    for (const digit of GROUP_DIGITS[group - FIRST_GROUP]!) frequencies[digit]! += count;
  }
  frequencies[END_OF_BLOCK] = 1;
  for (let index = 0; index < LENGTH_SYMBOL.length; index++) {
    frequencies[LENGTH_SYMBOL[index]!]! += counts[FIRST_LENGTH + index]!;
  }
  return frequencies;
}

function counted(bits: number, count: number): number {
  return bits | (count << COUNT_SHIFT);
}
