import type { BitWriter } from './bit-writer.ts';
import { DISTANCE_SYMBOLS, LITERAL_LENGTH_SYMBOLS } from './deflate-alphabet.ts';
import { HuffmanCode } from './huffman-code.ts';
import { EXTRA_COUNT_SHIFT, EXTRA_SHIFT } from './token-buffer.ts';

/** The order in which RFC 1951, section 3.2.7, lists the lengths of the codes of code lengths. */
const LISTED_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MAX_LISTED_BITS = 7;
/** There are no fewer of each in a header. */
const LEAST_LITERALS = 257;
const LEAST_DISTANCES = 1;
const LEAST_LISTED = 4;
/** The symbols of runs, with the extra bits that tell how long the run is. */
const COPY_BEFORE = { symbol: 16, extraBits: 2, least: 3, most: 6 };
const FEW_ZEROS = { symbol: 17, extraBits: 3, least: 3, most: 10 };
const MANY_ZEROS = { symbol: 18, extraBits: 7, least: 11, most: 138 };

/** More bits than any header takes: 316 lengths of 14 bits at the most, the list and the counts. */
export const MAX_HEADER_BITS = 4600;

/** The Huffman codes of a block. */
export interface BlockCodes {
  readonly literals: HuffmanCode;
  readonly distances: HuffmanCode;
}

/** Code lengths with runs made short, and how often each symbol comes that stands for them. */
class LengthList {
  readonly frequencies = new Uint32Array(LISTED_ORDER.length);
  /** As the tokens of a block are: the symbol, and the extra bits that it brings. */
  readonly #items = new Int32Array(LITERAL_LENGTH_SYMBOLS + DISTANCE_SYMBOLS);
  #count = 0;

  clear(): void {
    this.frequencies.fill(0);
    this.#count = 0;
  }

  /** Adds a length so many times. */
  addRun(length: number, times: number): void {
    let rest = times;
    if (length === 0) {
      for (; rest >= MANY_ZEROS.least; rest -= Math.min(rest, MANY_ZEROS.most)) {
        this.#addRepeat(MANY_ZEROS, rest);
      }
      for (; rest >= FEW_ZEROS.least; rest = 0) this.#addRepeat(FEW_ZEROS, rest);
    } else {
      this.#add(length);
      rest -= 1;
      for (; rest >= COPY_BEFORE.least; rest -= Math.min(rest, COPY_BEFORE.most)) {
        this.#addRepeat(COPY_BEFORE, rest);
      }
    }
    for (; rest > 0; rest--) this.#add(length);
  }

  /** Writes all of them by the code of their symbols. */
  writeTo(bits: BitWriter, { codes }: HuffmanCode): void {
    bits.writeTokens(this.#items, this.#count, codes);
  }

  #addRepeat({ symbol, extraBits, least, most }: typeof COPY_BEFORE, rest: number): void {
    const extra = Math.min(rest, most) - least;
    this.#add(symbol, (extraBits << EXTRA_COUNT_SHIFT) | (extra << EXTRA_SHIFT));
  }

  #add(symbol: number, extra = 0): void {
    this.#items[this.#count++] = extra | symbol;
    this.frequencies[symbol]! += 1;
  }
}

/** Headers are written one after the other, whole, so all can share these. */
const lengths = new Uint8Array(LITERAL_LENGTH_SYMBOLS + DISTANCE_SYMBOLS);
const list = new LengthList();
const listCode = new HuffmanCode(MAX_LISTED_BITS, new Int32Array(LISTED_ORDER.length));

/** Begins a block with dynamic Huffman codes, by the lengths of these. */
export function writeBlockHeader(
  bits: BitWriter,
  { literals, distances }: BlockCodes,
  where: 'more follow' | 'is last',
): void {
  const literalCount = trimmedLength(literals.lengths, LEAST_LITERALS);
  const distanceCount = trimmedLength(distances.lengths, LEAST_DISTANCES);
  lengths.set(literals.lengths);
  lengths.set(distances.lengths, literalCount);
  listLengths(literalCount + distanceCount);
  listCode.make(list.frequencies);
  let listed = LISTED_ORDER.length;
  while (listed > LEAST_LISTED && listCode.lengths[LISTED_ORDER[listed - 1]!] === 0) listed -= 1;
  bits.write(where === 'is last' ? 0b101 : 0b100, 3);
  bits.write(literalCount - LEAST_LITERALS, 5);
  bits.write(distanceCount - LEAST_DISTANCES, 5);
  bits.write(listed - LEAST_LISTED, 4);
  for (let index = 0; index < listed; index++) {
    bits.write(listCode.lengths[LISTED_ORDER[index]!]!, 3);
  }
  list.writeTo(bits, listCode);
}

/** Without the zeros at the end, but no less than `least`. */
function trimmedLength(all: Uint8Array, least: number): number {
  let end = all.length;
  while (end > least && all[end - 1] === 0) end -= 1;
  return end;
}

/** Makes the list of the first `count` of `lengths`. */
function listLengths(count: number): void {
  list.clear();
  for (let at = 0; at < count; ) {
    const length = lengths[at]!;
    let end = at + 1;
    while (end < count && lengths[end] === length) end += 1;
    list.addRun(length, end - at);
    at = end;
  }
}
