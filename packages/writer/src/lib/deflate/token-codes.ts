import { MAX_BITS_AT_ONCE } from './bit-writer.ts';
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
import { CODE_MASK, COUNT_SHIFT, HuffmanCode } from './huffman-code.ts';
import { CODED_END, FIRST_DISTANCE, FIRST_LENGTH } from './token-buffer.ts';

/** So that the code of a distance and its extra bits are written at once. */
const MAX_DISTANCE_CODE_BITS = MAX_BITS_AT_ONCE - MAX_DISTANCE_EXTRA_BITS;

/** The Huffman codes of a block, by what its tokens hold. One object serves one block after the other. */
export class TokenCodes {
  /** By what a token is given a code by, as `HuffmanCode.codes` are; those of lengths with their extra bits. */
  readonly codes = new Int32Array(CODED_END);
  readonly literals = new HuffmanCode(MAX_CODE_BITS, new Int32Array(LITERAL_LENGTH_SYMBOLS));
  readonly distances = new HuffmanCode(
    MAX_DISTANCE_CODE_BITS,
    this.codes.subarray(FIRST_DISTANCE, FIRST_DISTANCE + DISTANCE_SYMBOLS),
  );

  /**
   * Makes the best codes for a block.
   *
   * @param counts how often each token comes.
   * @returns false where a group of digits has none that is short enough.
   */
  make(counts: Uint32Array): boolean {
    this.literals.make(literalFrequencies(counts));
    this.distances.make(counts.subarray(FIRST_DISTANCE));
    this.codes.set(this.literals.codes.subarray(0, FIRST_GROUP));
    this.#setLengths();
    return this.#setGroups(counts);
  }

  #setLengths(): void {
    for (let index = 0; index < LENGTH_SYMBOL.length; index++) {
      const code = this.literals.codes[LENGTH_SYMBOL[index]!]!;
      const count = code >>> COUNT_SHIFT;
      const bits = (code & CODE_MASK) | (LENGTH_EXTRA[index]! << count);
      this.codes[FIRST_LENGTH + index] =
        bits | ((count + LENGTH_EXTRA_COUNT[index]!) << COUNT_SHIFT);
    }
  }

  /** Puts the codes of the digits of each group behind each other. */
  #setGroups(counts: Uint32Array): boolean {
    for (let group = FIRST_GROUP; group < GROUPS_END; group++) {
      if (counts[group] === 0) continue;
      let bits = 0;
      let count = 0;
      for (const digit of GROUP_DIGITS[group - FIRST_GROUP]!) {
        const code = this.codes[digit]!;
        bits |= (code & CODE_MASK) << count;
        count += code >>> COUNT_SHIFT;
      }
      if (count > MAX_BITS_AT_ONCE) return false;
      this.codes[group] = bits | (count << COUNT_SHIFT);
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
