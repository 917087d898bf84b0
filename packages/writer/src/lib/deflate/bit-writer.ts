import { DISTANCE_SYMBOL } from './deflate-alphabet.ts';
import { isMatch, matchDistanceIndex, matchLengthIndex } from './token-buffer.ts';
import { DISTANCE_BASE_INDEX, type TokenCodes } from './token-codes.ts';

const FIRST_CAPACITY = 65_536;

/**
 * Writes bits, the lowest one first, as RFC 1951, section 3.1.1, has them. Room has to be made before;
 * a `DataView` throws beyond its end, where a typed array says nothing.
 */
export class BitWriter {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** Bits that do not make 32 yet, and how many they are. */
  #held = 0;
  #heldCount = 0;

  /** Makes room for so many bits. */
  reserve(bits: number): void {
    const needed = this.#length + Math.ceil((this.#heldCount + bits) / 32) * 4;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  /** Writes the lowest `count` bits, up to 32. All others must be 0. */
  write(bits: number, count: number): void {
    const heldCount = this.#heldCount;
    const total = heldCount + count;
    const held = this.#held | (bits << heldCount);
    if (total < 32) {
      this.#held = held;
      this.#heldCount = total;
    } else {
      this.#view.setInt32(this.#length, held, true);
      this.#length += 4;
      this.#heldCount = total - 32;
      // A shift by 32 would be one by 0.
      this.#held = total === 32 ? 0 : bits >>> (32 - heldCount);
    }
  }

  /** Writes the codes of tokens; as `write` does, with all that it needs at hand. */
  writeTokens(tokens: Int32Array, codes: TokenCodes): void {
    const { literalBits, literalCounts, lengthBits, lengthCounts } = codes;
    const { distanceBits, distanceCodeCounts, distanceCounts } = codes;
    const view = this.#view;
    let length = this.#length;
    let held = this.#held;
    let heldCount = this.#heldCount;
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index]!;
      let bits: number;
      let count: number;
      if (isMatch(token)) {
        const lengthIndex = matchLengthIndex(token);
        bits = lengthBits[lengthIndex]!;
        count = lengthCounts[lengthIndex]!;
        held |= bits << heldCount;
        heldCount += count;
        if (heldCount >= 32) {
          view.setInt32(length, held, true);
          length += 4;
          heldCount -= 32;
          held = heldCount === 0 ? 0 : bits >>> (count - heldCount);
        }
        const distanceIndex = matchDistanceIndex(token);
        const symbol = DISTANCE_SYMBOL[distanceIndex]!;
        const extra = distanceIndex - DISTANCE_BASE_INDEX[symbol]!;
        bits = distanceBits[symbol]! | (extra << distanceCodeCounts[symbol]!);
        count = distanceCounts[symbol]!;
      } else {
        bits = literalBits[token]!;
        count = literalCounts[token]!;
      }
      held |= bits << heldCount;
      heldCount += count;
      if (heldCount >= 32) {
        view.setInt32(length, held, true);
        length += 4;
        heldCount -= 32;
        held = heldCount === 0 ? 0 : bits >>> (count - heldCount);
      }
    }
    this.#length = length;
    this.#held = held;
    this.#heldCount = heldCount;
  }

  /** Fills up the last byte with zeros. */
  align(): void {
    this.write(0, (8 - (this.#heldCount & 7)) & 7);
  }

  /** All bytes so far, copied; to be called when they are whole. The writer begins anew. */
  take(): Uint8Array {
    if ((this.#heldCount & 7) !== 0) throw new RangeError('The last byte is not whole');
    const rest = this.#heldCount >>> 3;
    const taken = new Uint8Array(this.#length + rest);
    taken.set(this.#bytes.subarray(0, this.#length));
    for (let byte = 0; byte < rest; byte++) taken[this.#length + byte] = this.#held >>> (byte * 8);
    this.#length = 0;
    this.#held = 0;
    this.#heldCount = 0;
    return taken;
  }
}
