import { LITERAL_LENGTH_SYMBOLS, MAX_CODE_BITS } from './deflate-alphabet.ts';

/** A code is held with the number of its bits, which stands from this bit on. */
export const COUNT_SHIFT = 24;
export const CODE_MASK = (1 << COUNT_SHIFT) - 1;

/** The lowest bits of a leaf are its symbol, those above how often it comes: so leaves are sorted by that. */
const SYMBOL_BITS = 9;
const SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;
/** Deflate has no code for an alphabet of which but one symbol comes. */
const LEAST_LEAVES = 2;

const REVERSED_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => {
  return Array.from({ length: 8 }, (_, bit) => ((byte >>> bit) & 1) << (7 - bit)).reduce(
    (sum, bit) => sum | bit,
  );
});

/** Leaves are sorted by so many bits at a time: few steps for the small numbers of a short text. */
const RADIX_BITS = 4;
const RADIX = 1 << RADIX_BITS;
/** Heavier than any tree. */
const NO_WEIGHT = 0x7fff_ffff;

/** Codes are made one after the other, whole, so all can share these: first the leaves in the order of their symbols. */
const leaves = new Uint32Array(LITERAL_LENGTH_SYMBOLS);
const sortedOnce = new Uint32Array(LITERAL_LENGTH_SYMBOLS);
const sortedTwice = new Uint32Array(LITERAL_LENGTH_SYMBOLS);
const ends = new Uint16Array(RADIX);
/** Of the leaves, the lightest first, with one more behind them; of the trees in the order in which they are made. */
const leafWeights = new Int32Array(LITERAL_LENGTH_SYMBOLS + 1);
const treeWeights = new Int32Array(LITERAL_LENGTH_SYMBOLS);
/** By tree: the one that it is a part of. */
const parents = new Uint16Array(LITERAL_LENGTH_SYMBOLS);
const treeDepths = new Uint16Array(LITERAL_LENGTH_SYMBOLS);
const leafDepths = new Uint16Array(LITERAL_LENGTH_SYMBOLS);
const lengthCounts = new Uint16Array(MAX_CODE_BITS + 1);
const nextCodes = new Uint16Array(MAX_CODE_BITS + 1);

/** The best prefix code (Huffman's) of an alphabet, as RFC 1951, section 3.2.2, has it. Made anew for each block. */
export class HuffmanCode {
  /**
   * By symbol: the bits of its code in the order in which deflate packs them, the first one lowest; and, from
   * `COUNT_SHIFT` on, how many they are. 0 for a symbol that does not come.
   */
  readonly codes: Int32Array;
  /** By symbol: how many bits its code has. */
  readonly lengths: Uint8Array;
  readonly #limit: number;

  /**
   * @param limit no code is longer, in bits, up to 15; 2 to its power must be no less than the number of symbols.
   * @param codes where to hold the codes; its length is the number of symbols, up to 286.
   */
  constructor(limit: number, codes: Int32Array) {
    this.#limit = limit;
    this.codes = codes;
    this.lengths = new Uint8Array(codes.length);
  }

  /** @param frequencies how often each symbol comes, up to 2^22. Where fewer than two come, others get codes, too. */
  make(frequencies: Uint32Array): void {
    const count = takeLeaves(frequencies);
    const sorted = sortedLeaves(count);
    // Flatter frequencies make a flatter tree: at last all are 1.
    let flattening = 0;
    while (makeDepths(sorted, count, flattening) > this.#limit) flattening += 1;
    this.#setLengths(sorted, count);
    this.#setCodes(count);
  }

  #setLengths(sorted: Uint32Array, count: number): void {
    this.lengths.fill(0);
    lengthCounts.fill(0);
    for (let index = 0; index < count; index++) {
      const length = leafDepths[index]!;
      this.lengths[sorted[index]! & SYMBOL_MASK] = length;
      lengthCounts[length]! += 1;
    }
  }

  #setCodes(count: number): void {
    nextCodes[1] = 0;
    for (let length = 2; length <= MAX_CODE_BITS; length++) {
      nextCodes[length] = (nextCodes[length - 1]! + lengthCounts[length - 1]!) << 1;
    }
    this.codes.fill(0);
    for (let index = 0; index < count; index++) {
      const symbol = leaves[index]! & SYMBOL_MASK;
      const length = this.lengths[symbol]!;
      this.codes[symbol] = reversed(nextCodes[length]!++, length) | (length << COUNT_SHIFT);
    }
  }
}

/** Makes `leaves` of the symbols that come, and gives their number. */
function takeLeaves(frequencies: Uint32Array): number {
  let count = 0;
  for (let symbol = 0; symbol < frequencies.length; symbol++) {
    const frequency = frequencies[symbol]!;
    if (frequency > 0) leaves[count++] = (frequency << SYMBOL_BITS) | symbol;
  }
  return count < LEAST_LEAVES ? takeTwoLeaves(frequencies) : count;
}

/** The same with others that do not come, to make two of them. */
function takeTwoLeaves(frequencies: Uint32Array): number {
  const comes = Math.max(
    frequencies.findIndex((frequency) => frequency > 0),
    0,
  );
  const other = comes === 0 ? 1 : 0;
  leaves[0] = (1 << SYMBOL_BITS) | Math.min(comes, other);
  leaves[1] = (1 << SYMBOL_BITS) | Math.max(comes, other);
  return LEAST_LEAVES;
}

/** The leaves, the rarest first. */
function sortedLeaves(count: number): Uint32Array {
  let all = 0;
  for (let index = 0; index < count; index++) all |= leaves[index]!;
  let from = leaves;
  for (let shift = SYMBOL_BITS; all >>> shift > 0; shift += RADIX_BITS) {
    const to = from === sortedOnce ? sortedTwice : sortedOnce;
    sortByDigit(from, to, count, shift);
    from = to;
  }
  return from;
}

/** Sorts by the bits from `shift` on; what is equal in them stays in its order. */
function sortByDigit(from: Uint32Array, to: Uint32Array, count: number, shift: number): void {
  ends.fill(0);
  for (let index = 0; index < count; index++) ends[(from[index]! >>> shift) & (RADIX - 1)]! += 1;
  for (let digit = 1; digit < RADIX; digit++) ends[digit]! += ends[digit - 1]!;
  for (let index = count - 1; index >= 0; index--) {
    const leaf = from[index]!;
    const digit = (leaf >>> shift) & (RADIX - 1);
    const place = ends[digit]! - 1;
    ends[digit] = place;
    to[place] = leaf;
  }
}

/**
 * Makes `leafDepths`, in the order of the leaves: how deep each is in Huffman's tree.
 *
 * @param flattening a leaf weighs how often it comes, halved so many times and rounded up.
 * @returns the greatest depth.
 */
function makeDepths(sorted: Uint32Array, count: number, flattening: number): number {
  const roundingUp = (1 << flattening) - 1;
  for (let index = 0; index < count; index++) {
    leafWeights[index] = ((sorted[index]! >>> SYMBOL_BITS) + roundingUp) >>> flattening;
  }
  leafWeights[count] = NO_WEIGHT;
  joinLightest(count);
  const root = count - 2;
  treeDepths[root] = 0;
  for (let tree = root - 1; tree >= 0; tree--) treeDepths[tree] = treeDepths[parents[tree]!]! + 1;
  setLeafDepths(count);
  return leafDepths[0]!;
}

/** Joins the two lightest, leaves or trees, again and again. Trees are made in the order of their weight. */
function joinLightest(count: number): void {
  treeWeights.fill(NO_WEIGHT, 0, count);
  let leaf = 0;
  let tree = 0;
  for (let made = 0; made < count - 1; made++) {
    let weight = 0;
    for (let child = 0; child < 2; child++) {
      const leafWeight = leafWeights[leaf]!;
      const treeWeight = treeWeights[tree]!;
      if (leafWeight <= treeWeight) {
        weight += leafWeight;
        leaf += 1;
      } else {
        weight += treeWeight;
        parents[tree] = made;
        tree += 1;
      }
    }
    treeWeights[made] = weight;
  }
}

/** At each depth there are leaves where there are no trees; the rarest are deepest, as the first trees are. */
function setLeafDepths(count: number): void {
  let tree = count - 2;
  let leaf = count - 1;
  let places = 1;
  for (let depth = 0; leaf >= 0; depth++) {
    let trees = 0;
    while (tree >= 0 && treeDepths[tree] === depth) {
      trees += 1;
      tree -= 1;
    }
    for (; places > trees; places--) leafDepths[leaf--] = depth;
    places = 2 * trees;
  }
}

function reversed(code: number, length: number): number {
  const bits = (REVERSED_BYTES[code & 255]! << 8) | REVERSED_BYTES[code >>> 8]!;
  return bits >>> (16 - length);
}
