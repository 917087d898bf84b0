import {
  DISTANCE_SYMBOLS,
  distanceExtraCount,
  distanceSymbol,
  LENGTH_SYMBOL,
  MAX_MATCH_LENGTH,
  MIN_MATCH_LENGTH,
  WINDOW_BYTES,
} from './deflate-alphabet.ts';
import { GROUPS_END } from './digit-groups.ts';

/** So many tokens make a block, which has codes of its own. */
export const BLOCK_TOKENS = 49_152;
/** What may be added between two looks at whether a block is full. */
const MOST_TOKENS_AT_ONCE = 4096;
const CAPACITY = BLOCK_TOKENS + MOST_TOKENS_AT_ONCE;

/**
 * The lowest bits of a token are what it is given a code by. Below 256 they are a literal byte, below
 * `FIRST_LENGTH` two or three literal digits, below `FIRST_DISTANCE` the length of a match, else the symbol
 * of a distance.
 */
export const FIRST_LENGTH = GROUPS_END;
export const FIRST_DISTANCE = FIRST_LENGTH + LENGTH_SYMBOL.length;
export const CODED_END = FIRST_DISTANCE + DISTANCE_SYMBOLS;
export const CODED_MASK = 0x7ff;
/** Above them stand the bits that tell the distances of one symbol apart, and how many these are. */
export const EXTRA_SHIFT = 11;
export const EXTRA_MASK = 0x1fff;
export const EXTRA_COUNT_SHIFT = 24;

/**
 * What deflate calls the literals and matches of a block, before they are given codes. A match is two
 * tokens: its length, and then its distance.
 */
export class TokenBuffer {
  /** Up to `count` the tokens at hand. Whoever writes into them directly must set `count`. */
  readonly tokens = new Int32Array(CAPACITY);
  count = 0;

  get isFull(): boolean {
    return this.count >= BLOCK_TOKENS;
  }

  literal(byte: number): void {
    this.tokens[this.count++] = byte;
  }

  literals(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) this.literal(bytes[at]!);
  }

  /** Repeats what stands `distance` bytes before. */
  match(length: number, distance: number): void {
    this.count = this.matchAt(this.count, length, distance);
  }

  /** The same for who sets `count` later. @returns what it is then. */
  matchAt(at: number, length: number, distance: number): number {
    if (length < MIN_MATCH_LENGTH || length > MAX_MATCH_LENGTH) throw badMatch(length, distance);
    if (distance < 1 || distance > WINDOW_BYTES) throw badMatch(length, distance);
    this.tokens[at] = FIRST_LENGTH + length - MIN_MATCH_LENGTH;
    this.tokens[at + 1] = distanceToken(FIRST_DISTANCE, distance);
    return at + 2;
  }

  /** Empties the buffer. @throws RangeError when more was written than there is room for. */
  take(): Int32Array {
    // A typed array says nothing when it is written beyond its end.
    if (this.count > CAPACITY) throw new RangeError(`${this.count} tokens in one block`);
    const taken = this.tokens.subarray(0, this.count);
    this.count = 0;
    return taken;
  }
}

/** The token of a distance. @param first by what the first symbol of distances is given a code by. */
export function distanceToken(first: number, distance: number): number {
  const symbol = distanceSymbol(distance - 1);
  const extraCount = distanceExtraCount(symbol);
  const extra = (distance - 1) & ((1 << extraCount) - 1);
  return (extraCount << EXTRA_COUNT_SHIFT) | (extra << EXTRA_SHIFT) | (first + symbol);
}

/** How often each of some tokens comes, by what it is given a code by. */
export function tokenCounts(tokens: Int32Array): Uint32Array {
  const counts = new Uint32Array(CODED_END);
  for (let index = 0; index < tokens.length; index++) counts[tokens[index]! & CODED_MASK]! += 1;
  return counts;
}

function badMatch(length: number, distance: number): RangeError {
  return new RangeError(`A match of ${length} bytes at a distance of ${distance}`);
}
