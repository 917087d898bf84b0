import { MAX_MATCH_LENGTH, MIN_MATCH_LENGTH, WINDOW_BYTES } from './deflate-alphabet.ts';

/** So many tokens make a block, which has codes of its own. */
export const BLOCK_TOKENS = 32_768;
/** What may be added between two looks at whether a block is full. */
export const MOST_TOKENS_AT_ONCE = 4096;
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
  /** Up to `count` the tokens at hand. Whoever writes into it directly must set `count`. */
  readonly tokens = new Int32Array(CAPACITY);
  count = 0;

  get isFull(): boolean {
    return this.count >= BLOCK_TOKENS;
  }

  literal(byte: number): void {
    this.tokens[this.count++] = byte;
  }

  literals(bytes: Uint8Array, start: number, end: number): void {
    const tokens = this.tokens;
    let count = this.count;
    for (let at = start; at < end; at++) tokens[count++] = bytes[at]!;
    this.count = count;
  }

  /** Repeats what stands `distance` bytes before. */
  match(length: number, distance: number): void {
    this.tokens[this.count++] = matchToken(length, distance);
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

/** The token that repeats `length` bytes from `distance` bytes before. */
export function matchToken(length: number, distance: number): number {
  if (length < MIN_MATCH_LENGTH || length > MAX_MATCH_LENGTH) throw badMatch(length, distance);
  if (distance < 1 || distance > WINDOW_BYTES) throw badMatch(length, distance);
  return MATCH | ((length - MIN_MATCH_LENGTH) << LENGTH_SHIFT) | (distance - 1);
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
