import { MAX_MATCH_LENGTH, WINDOW_BYTES } from './deflate-alphabet.ts';
import { HISTORY, type Operations, RING_MASK } from './operations.ts';
import type { TokenBuffer } from './token-buffer.ts';

/** Shorter matches are hardly worth their distance. */
const LEAST_MATCH = 4;
const HASH_BITS = 12;

/** Finds what repeats in the texts of values, by the four bytes that it begins with. */
export class TextMatcher {
  readonly #operations: Operations;
  readonly #tokens: TokenBuffer;
  /** Where four bytes stood last: in which operation, at which byte of its text. */
  readonly #serials = new Int32Array(1 << HASH_BITS).fill(-1);
  readonly #offsets = new Int32Array(1 << HASH_BITS);

  constructor(operations: Operations, tokens: TokenBuffer) {
    this.#operations = operations;
    this.#tokens = tokens;
  }

  /**
   * Makes tokens of the text of an operation that has its place.
   *
   * @param first its first byte that is not a part of a token yet.
   * @param oldest the first operation of the page.
   */
  write(serial: number, first: number, oldest: number): void {
    const { texts, textStarts, lengths } = this.#operations;
    const start = textStarts[serial & RING_MASK]!;
    const length = lengths[serial & RING_MASK]!;
    let at = first;
    while (at < length) {
      const matched = at + LEAST_MATCH <= length ? this.#match(serial, at, oldest) : 0;
      if (matched === 0) this.#tokens.literal(texts[start + at]!);
      at += Math.max(matched, 1);
    }
  }

  /** Looks for a match at a byte of a text, and gives its length, or 0. */
  #match(serial: number, offset: number, oldest: number): number {
    const { texts, textStarts, lengths, positions } = this.#operations;
    const slot = serial & RING_MASK;
    const at = textStarts[slot]! + offset;
    const hash = hashOfFour(texts, at);
    const from = this.#serials[hash]!;
    const fromOffset = this.#offsets[hash]!;
    this.#serials[hash] = serial;
    this.#offsets[hash] = offset;
    if (from < oldest || serial - from > HISTORY) return 0;
    const fromSlot = from & RING_MASK;
    const distance = positions[slot]! + offset - positions[fromSlot]! - fromOffset;
    if (distance > WINDOW_BYTES) return 0;
    const rest = Math.min(lengths[slot]! - offset, lengths[fromSlot]! - fromOffset);
    const fromAt = textStarts[fromSlot]! + fromOffset;
    const length = commonLength(texts, at, fromAt, Math.min(rest, MAX_MATCH_LENGTH));
    if (length < LEAST_MATCH) return 0;
    this.#tokens.match(length, distance);
    return length;
  }
}

/** How many bytes are the same at two places, up to a number. */
export function commonLength(bytes: Uint8Array, a: number, b: number, most: number): number {
  let length = 0;
  while (length < most && bytes[a + length] === bytes[b + length]) length += 1;
  return length;
}

function hashOfFour(bytes: Uint8Array, at: number): number {
  const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return Math.imul(four, 0x9e3779b1) >>> (32 - HASH_BITS);
}
