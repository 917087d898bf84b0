import { bitsAt } from './bits-at.ts';
import { type BlockCodes, FIXED_CODES } from './block-codes.ts';
import { codeBitsOf, symbolOf } from './coded-symbol.ts';
import { DYNAMIC_CODES, readDynamicCodes } from './dynamic-codes.ts';
import {
  DISTANCE_EXTRA_BITS,
  DISTANCE_LEAST,
  LENGTH_EXTRA_BITS,
  LENGTH_LEAST,
} from './match-symbols.ts';

const BLOCK_HEADER_BITS = 3;
const FIXED = 1;
const DYNAMIC = 2;

const END_OF_BLOCK = 256;
const FIRST_LENGTH = END_OF_BLOCK + 1;

/** A match of more bytes is copied faster by the engine than by a loop. */
const MAX_LOOPED = 24;

/**
 * Undoes deflate (RFC 1951) where that is simple: what is valid, in blocks with codes that are not too long, and
 * fills an output of at most 64 KB - 2. It says so when it cannot, but not why.
 */
export class Inflater {
  readonly #input: DataView;
  readonly #output: Uint8Array;
  #position: number;
  #length = 0;

  /** @param position the bit at which the first block begins. */
  constructor(input: DataView, position: number, output: Uint8Array) {
    this.#input = input;
    this.#output = output;
    this.#position = position;
  }

  /**
   * Inflates all blocks.
   *
   * @returns the byte behind them; undefined where they are not valid, not simple, or do not fill the output.
   * @throws RangeError at the end of the input.
   */
  inflate(): number | undefined {
    for (;;) {
      const header = bitsAt(this.#input, this.#position);
      const codes = this.#readCodes((header >>> 1) & 3);
      if (codes === undefined || !this.#readSymbols(codes)) return undefined;
      if ((header & 1) === 1) break;
    }
    return this.#length === this.#output.length ? (this.#position + 7) >>> 3 : undefined;
  }

  #readCodes(type: number): BlockCodes | undefined {
    this.#position += BLOCK_HEADER_BITS;
    if (type === FIXED) return FIXED_CODES;
    if (type !== DYNAMIC) return undefined;
    const end = readDynamicCodes(this.#input, this.#position);
    if (end === undefined) return undefined;
    this.#position = end;
    return DYNAMIC_CODES;
  }

  /**
   * Reads the symbols of a block, up to its end. In one function and with all that it needs at hand, because fields
   * would take longer than what is done here.
   *
   * Bits are held in a word and used up from its lowest on. It is filled up to 24 bits and more by a read of four
   * bytes, of which those count that are whole in it: no branch, which could not be foreseen. What the others leave
   * in it is what is read there again.
   *
   * @returns false for a match that begins before the output or ends behind it, so that nobody can make it long.
   *   A literal behind it, which a typed array ignores, makes the length too great.
   */
  #readSymbols({ literals, distances }: BlockCodes): boolean {
    const input = this.#input;
    const output = this.#output;
    const { entries: literalEntries, mask: literalMask } = literals;
    const { entries: distanceEntries, mask: distanceMask } = distances;
    let length = this.#length;
    let held = bitsAt(input, this.#position);
    let heldCount = 24 - (this.#position & 7);
    let next = (this.#position >>> 3) + 3;
    for (;;) {
      held |= input.getInt32(next, true) << heldCount;
      next += (31 - heldCount) >>> 3;
      heldCount |= 24;
      let coded = literalEntries[held & literalMask]!;
      held >>>= codeBitsOf(coded);
      heldCount -= codeBitsOf(coded);
      if (isLiteral(coded)) {
        output[length++] = symbolOf(coded);
        // There are bits of a second one.
        coded = literalEntries[held & literalMask]!;
        held >>>= codeBitsOf(coded);
        heldCount -= codeBitsOf(coded);
        if (isLiteral(coded)) {
          output[length++] = symbolOf(coded);
          continue;
        }
        held |= input.getInt32(next, true) << heldCount;
        next += (31 - heldCount) >>> 3;
        heldCount |= 24;
      }

      const lengthSymbol = symbolOf(coded) - FIRST_LENGTH;
      if (lengthSymbol < 0) break;
      const lengthExtraBits = LENGTH_EXTRA_BITS[lengthSymbol]!;
      const matched = LENGTH_LEAST[lengthSymbol]! + (held & ((1 << lengthExtraBits) - 1));
      held >>>= lengthExtraBits;
      heldCount -= lengthExtraBits;

      held |= input.getInt32(next, true) << heldCount;
      next += (31 - heldCount) >>> 3;
      heldCount |= 24;
      coded = distanceEntries[held & distanceMask]!;
      held >>>= codeBitsOf(coded);
      const distanceExtraBits = DISTANCE_EXTRA_BITS[symbolOf(coded)]!;
      const distance = DISTANCE_LEAST[symbolOf(coded)]! + (held & ((1 << distanceExtraBits) - 1));
      held >>>= distanceExtraBits;
      heldCount -= codeBitsOf(coded) + distanceExtraBits;

      const end = length + matched;
      if (distance > length || end > output.length) return false;
      let from = length - distance;
      if (matched > MAX_LOOPED && distance >= matched) {
        output.copyWithin(length, from, from + matched);
        length = end;
      }
      // A match may go on in what it writes.
      while (length < end) output[length++] = output[from++]!;
    }
    this.#position = next * 8 - heldCount;
    this.#length = length;
    return true;
  }
}

function isLiteral(coded: number): boolean {
  return symbolOf(coded) < END_OF_BLOCK;
}
