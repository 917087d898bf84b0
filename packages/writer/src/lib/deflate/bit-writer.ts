import { CODE_MASK, COUNT_SHIFT } from './huffman-code.ts';
import { CODED_MASK, EXTRA_COUNT_SHIFT, EXTRA_MASK, EXTRA_SHIFT } from './token-buffer.ts';

/** What a word has room for beside bits that do not make a byte. */
export const MAX_BITS_AT_ONCE = 24;

const FIRST_CAPACITY = 65_536;
/** Whole bytes are written four at a time, the last of which may be none yet. */
const WORD_BYTES = 4;

/**
 * Writes bits, the lowest one first, as RFC 1951, section 3.1.1, has them. Room has to be made before;
 * a `DataView` throws beyond its end, where a typed array says nothing.
 *
 * After each code a word of four bytes is written, and the length grows by those of them that are whole:
 * no branch, which could not be foreseen.
 */
export class BitWriter {
  #bytes = Buffer.alloc(FIRST_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** Bits that do not make a byte yet, and how many they are. */
  #held = 0;
  #heldCount = 0;

  /** Makes room for so many bits. */
  reserve(bits: number): void {
    const needed = this.#length + Math.ceil((this.#heldCount + bits) / 8) + WORD_BYTES;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.alloc(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  /** Writes the lowest `count` bits, up to `MAX_BITS_AT_ONCE`. All others must be 0. */
  write(bits: number, count: number): void {
    const held = this.#held | (bits << this.#heldCount);
    const heldCount = this.#heldCount + count;
    this.#view.setInt32(this.#length, held, true);
    this.#length += heldCount >>> 3;
    this.#held = held >>> (heldCount & ~7);
    this.#heldCount = heldCount & 7;
  }

  /** Writes a code, as a `HuffmanCode` holds it. */
  writeCode(code: number): void {
    this.write(code & CODE_MASK, code >>> COUNT_SHIFT);
  }

  /**
   * Writes the codes of the first `count` tokens, each with the extra bits that it brings; as `write` does, with all
   * that it needs at hand.
   *
   * @param codes by what a token is given a code by. With extra bits they are no more than `MAX_BITS_AT_ONCE`.
   */
  writeTokens(tokens: Int32Array, count: number, codes: Int32Array): void {
    const view = this.#view;
    let length = this.#length;
    let held = this.#held;
    let heldCount = this.#heldCount;
    for (let index = 0; index < count; index++) {
      const token = tokens[index]!;
      const code = codes[token & CODED_MASK]!;
      const codeCount = code >>> COUNT_SHIFT;
      const extra = (token >>> EXTRA_SHIFT) & EXTRA_MASK;
      held |= ((code & CODE_MASK) | (extra << codeCount)) << heldCount;
      heldCount += codeCount + (token >>> EXTRA_COUNT_SHIFT);
      view.setInt32(length, held, true);
      length += heldCount >>> 3;
      held >>>= heldCount & ~7;
      heldCount &= 7;
    }
    this.#length = length;
    this.#held = held;
    this.#heldCount = heldCount;
  }

  /** Fills up the last byte with zeros. */
  align(): void {
    this.write(0, (8 - this.#heldCount) & 7);
  }

  /**
   * All bytes so far, copied, with room for others before and behind; to be called when they are whole. The writer
   * begins anew.
   */
  take(roomBefore = 0, roomBehind = 0): Buffer {
    if (this.#heldCount !== 0) throw new RangeError('The last byte is not whole');
    const taken = Buffer.allocUnsafe(roomBefore + this.#length + roomBehind);
    this.#bytes.copy(taken, roomBefore, 0, this.#length);
    this.#length = 0;
    return taken;
  }
}
