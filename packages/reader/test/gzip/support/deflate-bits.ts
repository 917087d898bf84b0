/** A symbol, with the extra bits behind its code. */
export type Coded = readonly [symbol: number, extra?: number, extraBits?: number];

/** What a block with codes of its own is made of, valid or not. Lengths are by symbol. */
export interface DynamicBlock {
  readonly literals: readonly number[];
  readonly distances: readonly number[];
  /** In turns: a literal or a length with the distance behind it, and so on. */
  readonly symbols: readonly Coded[];
  /** The code of code lengths, by symbol. Default: one that has all. */
  readonly lengthCode?: readonly number[];
  /** What the header lists instead of each length by itself. */
  readonly listed?: readonly Coded[];
}

const LISTED_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const ANY_LENGTH = [...new Array<number>(13).fill(4), ...new Array<number>(6).fill(5)];
const FIXED_LITERALS = [
  ...new Array<number>(144).fill(8),
  ...new Array<number>(112).fill(9),
  ...new Array<number>(24).fill(7),
  ...new Array<number>(8).fill(8),
];
const FIXED_DISTANCES = new Array<number>(32).fill(5);

/** Lengths of codes by symbol, where most have none. */
export function lengthsOf(size: number, lengths: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: size }, (_, symbol) => lengths[symbol] ?? 0);
}

/** Deflate by hand, bit by bit: whatever it is told, valid or not. */
export class DeflateBits {
  readonly #bits: number[] = [];

  /** The lowest bit first. */
  add(value: number, count: number): this {
    for (let bit = 0; bit < count; bit++) this.#bits.push((value >>> bit) & 1);
    return this;
  }

  fixed(isLast: boolean, symbols: readonly Coded[]): this {
    this.add(isLast ? 1 : 0, 1).add(1, 2);
    return this.#addSymbols(symbols, FIXED_LITERALS, FIXED_DISTANCES);
  }

  dynamic(isLast: boolean, block: DynamicBlock): this {
    const { literals, distances, symbols, lengthCode = ANY_LENGTH } = block;
    this.add(isLast ? 1 : 0, 1).add(2, 2);
    this.add(literals.length - 257, 5)
      .add(distances.length - 1, 5)
      .add(19 - 4, 4);
    for (const symbol of LISTED_ORDER) this.add(lengthCode[symbol] as number, 3);
    const listed = block.listed ?? [...literals, ...distances].map((length) => [length] as const);
    for (const item of listed) this.#addCoded(item, lengthCode);
    return this.#addSymbols(symbols, literals, distances);
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(Math.ceil(this.#bits.length / 8));
    for (const [at, bit] of this.#bits.entries()) bytes[at >>> 3]! |= bit << (at & 7);
    return bytes;
  }

  #addSymbols(
    symbols: readonly Coded[],
    literals: readonly number[],
    distances: readonly number[],
  ): this {
    let isDistance = false;
    for (const coded of symbols) {
      this.#addCoded(coded, isDistance ? distances : literals);
      isDistance = !isDistance && coded[0] > 256;
    }
    return this;
  }

  #addCoded([symbol, extra = 0, extraBits = 0]: Coded, lengths: readonly number[]): void {
    const length = lengths[symbol] as number;
    const code = codeOf(symbol, lengths);
    for (let bit = length - 1; bit >= 0; bit--) this.add((code >>> bit) & 1, 1);
    this.add(extra, extraBits);
  }
}

/** The code of a symbol: those before it take of all codes what their lengths leave (RFC 1951, section 3.2.2). */
function codeOf(symbol: number, lengths: readonly number[]): number {
  const length = lengths[symbol] as number;
  let taken = 0;
  for (const [other, bits] of lengths.entries()) {
    const isBefore = bits < length || (bits === length && other < symbol);
    if (bits > 0 && isBefore) taken += 2 ** (length - bits);
  }
  return taken;
}
