import {
  DISTANCE_BASE,
  DISTANCE_EXTRA_COUNT,
  DISTANCE_SYMBOL,
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
import { isMatch, matchDistanceIndex, matchLengthIndex } from './token-buffer.ts';

/** What `BitWriter` takes at once. */
const MAX_GROUP_BITS = 32;

/** The Huffman codes of a block, by what its tokens hold. One object serves one block after the other. */
export class TokenCodes {
  /** By literal byte or group of digits: the code, and how many bits it has. */
  readonly literalBits = new Int32Array(GROUPS_END);
  readonly literalCounts = new Uint8Array(GROUPS_END);
  /** By length − 3: the code with its extra bits. */
  readonly lengthBits = new Int32Array(LENGTH_SYMBOL.length);
  readonly lengthCounts = new Uint8Array(LENGTH_SYMBOL.length);
  /** By symbol of a distance: the code without its extra bits, which stand behind it, and both counts. */
  readonly distanceBits = new Int32Array(DISTANCE_SYMBOLS);
  readonly distanceCodeCounts = new Uint8Array(DISTANCE_SYMBOLS);
  readonly distanceCounts = new Uint8Array(DISTANCE_SYMBOLS);
  /** The lengths of the codes, for the block's header. */
  literalLengths: Uint8Array = new Uint8Array(LITERAL_LENGTH_SYMBOLS);
  distanceLengths: Uint8Array = new Uint8Array(DISTANCE_SYMBOLS);
  /** The code that ends the block. */
  endBits = 0;
  /** How often each token comes, or a part of it. */
  readonly #literals = new Uint32Array(GROUPS_END);
  readonly #lengths = new Uint32Array(LENGTH_SYMBOL.length);
  readonly #distances = new Uint32Array(DISTANCE_SYMBOLS);

  get endCount(): number {
    return this.literalLengths[END_OF_BLOCK]!;
  }

  /** Makes the best codes for a block. @returns false where a group of digits has none that is short enough. */
  make(tokens: Int32Array): boolean {
    this.#count(tokens);
    this.literalLengths = huffmanCodeLengths(this.#literalFrequencies(), MAX_CODE_BITS);
    this.distanceLengths = huffmanCodeLengths(this.#distances, MAX_CODE_BITS);
    const codes = huffmanCodes(this.literalLengths);
    this.#setLiterals(codes);
    this.#setLengths(codes);
    this.#setDistances(huffmanCodes(this.distanceLengths));
    this.endBits = codes[END_OF_BLOCK]!;
    return this.#setGroups();
  }

  #count(tokens: Int32Array): void {
    const literals = this.#literals.fill(0);
    const lengths = this.#lengths.fill(0);
    const distances = this.#distances.fill(0);
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index]!;
      if (isMatch(token)) {
        lengths[matchLengthIndex(token)]! += 1;
        distances[DISTANCE_SYMBOL[matchDistanceIndex(token)]!]! += 1;
      } else {
        literals[token]! += 1;
      }
    }
  }

  #literalFrequencies(): Uint32Array {
    const frequencies = new Uint32Array(LITERAL_LENGTH_SYMBOLS);
    frequencies.set(this.#literals.subarray(0, FIRST_GROUP));
    for (let group = FIRST_GROUP; group < GROUPS_END; group++) {
      const count = this.#literals[group]!;
      if (count === 0) continue;
      for (const digit of GROUP_DIGITS[group - FIRST_GROUP]!) frequencies[digit]! += count;
    }
    frequencies[END_OF_BLOCK] = 1;
    for (let index = 0; index < this.#lengths.length; index++) {
      frequencies[LENGTH_SYMBOL[index]!]! += this.#lengths[index]!;
    }
    return frequencies;
  }

  #setLiterals(codes: Uint16Array): void {
    this.literalBits.set(codes.subarray(0, FIRST_GROUP));
    this.literalCounts.set(this.literalLengths.subarray(0, FIRST_GROUP));
  }

  #setLengths(codes: Uint16Array): void {
    for (let index = 0; index < LENGTH_SYMBOL.length; index++) {
      const symbol = LENGTH_SYMBOL[index]!;
      const count = this.literalLengths[symbol]!;
      this.lengthBits[index] = codes[symbol]! | (LENGTH_EXTRA[index]! << count);
      this.lengthCounts[index] = count + LENGTH_EXTRA_COUNT[index]!;
    }
  }

  #setDistances(codes: Uint16Array): void {
    this.distanceBits.set(codes);
    this.distanceCodeCounts.set(this.distanceLengths);
    for (let symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
      this.distanceCounts[symbol] = this.distanceLengths[symbol]! + DISTANCE_EXTRA_COUNT[symbol]!;
    }
  }

  /** Puts the codes of the digits of each group behind each other. */
  #setGroups(): boolean {
    let longest = 0;
    for (let group = FIRST_GROUP; group < GROUPS_END; group++) {
      if (this.#literals[group] === 0) continue;
      let bits = 0;
      let count = 0;
      for (const digit of GROUP_DIGITS[group - FIRST_GROUP]!) {
        bits |= this.literalBits[digit]! << count;
        count += this.literalCounts[digit]!;
      }
      this.literalBits[group] = bits;
      this.literalCounts[group] = count;
      longest = Math.max(longest, count);
    }
    return longest <= MAX_GROUP_BITS;
  }
}

/** The distance that a symbol's extra bits are counted from, less 1. */
export const DISTANCE_BASE_INDEX = Int32Array.from(DISTANCE_BASE, (base) => base - 1);
