import { bitsAt } from './bits-at.ts';
import { type BlockCodes, FIXED_CODES } from './block-codes.ts';
import { DynamicCodes } from './dynamic-codes.ts';
import {
  DISTANCE_EXTRA_BITS,
  DISTANCE_LEAST,
  LENGTH_EXTRA_BITS,
  LENGTH_LEAST,
} from './match-symbols.ts';
import { LENGTH_MASK, SYMBOL_SHIFT } from './prefix-table.ts';

const BLOCK_HEADER_BITS = 3;
const FIXED = 1;
const DYNAMIC = 2;

const END_OF_BLOCK = 256;
/** What a table says of a literal is less, whatever the length of its code. */
const LITERALS_END = END_OF_BLOCK << SYMBOL_SHIFT;
const FIRST_LENGTH = END_OF_BLOCK + 1;

/** A match of more bytes is copied faster by the engine than by a loop. */
const MAX_LOOPED = 24;

// For one file after the other: to make the tables anew takes longer than to inflate a small one.
const dynamicCodes = /* @__PURE__ */ new DynamicCodes();

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
    const end = dynamicCodes.read(this.#input, this.#position);
    if (end === undefined) return undefined;
    this.#position = end;
    return dynamicCodes;
  }

  /**
   * Reads the symbols of a block, up to its end. In one function and with all that it needs at hand, because fields
   * and calls would take longer than what is done here.
   *
   * @returns false for a match that begins before the output or ends behind it. A literal behind it, which a typed
   *   array ignores, makes the length too great.
   */
  #readSymbols({ literals, distances }: BlockCodes): boolean {
    const input = this.#input;
    const output = this.#output;
    const { entries: literalEntries, mask: literalMask } = literals;
    const { entries: distanceEntries, mask: distanceMask } = distances;
    let position = this.#position;
    let length = this.#length;
    for (;;) {
      let bits = bitsAt(input, position);
      let entry = literalEntries[bits & literalMask]!;
      position += entry & LENGTH_MASK;
      bits >>>= entry & LENGTH_MASK;
      if (entry < LITERALS_END) {
        output[length++] = entry >>> SYMBOL_SHIFT;
        // There are bits for a second one at hand.
        entry = literalEntries[bits & literalMask]!;
        position += entry & LENGTH_MASK;
        if (entry < LITERALS_END) {
          output[length++] = entry >>> SYMBOL_SHIFT;
          continue;
        }
        bits = bitsAt(input, position);
      }

      const lengthSymbol = (entry >>> SYMBOL_SHIFT) - FIRST_LENGTH;
      if (lengthSymbol < 0) break;
      const lengthExtraBits = LENGTH_EXTRA_BITS[lengthSymbol]!;
      const matched = LENGTH_LEAST[lengthSymbol]! + (bits & ((1 << lengthExtraBits) - 1));
      position += lengthExtraBits;

      bits = bitsAt(input, position);
      entry = distanceEntries[bits & distanceMask]!;
      bits >>>= entry & LENGTH_MASK;
      const distanceSymbol = entry >>> SYMBOL_SHIFT;
      const distanceExtraBits = DISTANCE_EXTRA_BITS[distanceSymbol]!;
      const distance = DISTANCE_LEAST[distanceSymbol]! + (bits & ((1 << distanceExtraBits) - 1));
      position += (entry & LENGTH_MASK) + distanceExtraBits;

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
    this.#position = position;
    this.#length = length;
    return true;
  }
}
