import {
  distanceSymbol,
  MAX_MATCH_LENGTH,
  MIN_MATCH_LENGTH,
  WINDOW_BYTES,
} from './deflate-alphabet.ts';
import { TokenCounts } from './token-counts.ts';

/** So many tokens make a block, which has codes of its own. */
export const BLOCK_TOKENS = 32_768;
/** What may be added between two looks at whether a block is full. */
const MOST_TOKENS_AT_ONCE = 4096;
const CAPACITY = BLOCK_TOKENS + MOST_TOKENS_AT_ONCE;

const MATCH = 1 << 30;
const LENGTH_SHIFT = 15;
const DISTANCE_MASK = WINDOW_BYTES - 1;

/**
 * What deflate calls the literals and matches of a block, before they are given codes. A token below 256
 * is a literal byte, one below `GROUPS_END` stands for two or three literal digits, one from `MATCH` on
 * for a match.
 */
export class TokenBuffer {
  /** Up to `count` the tokens at hand. Whoever writes into them directly must count them, and set `count`. */
  readonly tokens = new Int32Array(CAPACITY);
  count = 0;
  /** How often each comes; to be cleared for the next block. */
  readonly counts = new TokenCounts();

  get isFull(): boolean {
    return this.count >= BLOCK_TOKENS;
  }

  literal(byte: number): void {
    this.tokens[this.count++] = byte;
    this.counts.literals[byte]! += 1;
  }

  literals(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) this.literal(bytes[at]!);
  }

  /** Repeats what stands `distance` bytes before. */
  match(length: number, distance: number): void {
    this.matchAt(this.count++, length, distance);
  }

  /** The same for who sets `count` later. */
  matchAt(at: number, length: number, distance: number): void {
    if (length < MIN_MATCH_LENGTH || length > MAX_MATCH_LENGTH) throw badMatch(length, distance);
    if (distance < 1 || distance > WINDOW_BYTES) throw badMatch(length, distance);
    const lengthIndex = length - MIN_MATCH_LENGTH;
    const distanceIndex = distance - 1;
    this.tokens[at] = MATCH | (lengthIndex << LENGTH_SHIFT) | distanceIndex;
    this.counts.lengths[lengthIndex]! += 1;
    this.counts.distances[distanceSymbol(distanceIndex)]! += 1;
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

export function isMatch(token: number): boolean {
  return token >= MATCH;
}

/** The length of a match, less 3. */
export function matchLengthIndex(token: number): number {
  return (token & ~MATCH) >>> LENGTH_SHIFT;
}

/** The distance of a match, less 1. */
export function matchDistanceIndex(token: number): number {
  return token & DISTANCE_MASK;
}

function badMatch(length: number, distance: number): RangeError {
  return new RangeError(`A match of ${length} bytes at a distance of ${distance}`);
}
