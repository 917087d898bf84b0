import { BitWriter, MAX_BITS_AT_ONCE } from './bit-writer.ts';
import { MAX_HEADER_BITS, writeBlockHeader } from './block-header.ts';
import {
  DISTANCE_SYMBOLS,
  END_OF_BLOCK,
  LENGTH_EXTRA,
  LENGTH_EXTRA_COUNT,
  LENGTH_SYMBOL,
  LITERAL_LENGTH_SYMBOLS,
  MAX_CODE_BITS,
  MAX_MATCH_LENGTH,
  MIN_MATCH_LENGTH,
} from './deflate-alphabet.ts';
import { HuffmanCode } from './huffman-code.ts';
import { CODED_MASK, distanceToken, EXTRA_COUNT_SHIFT, EXTRA_SHIFT } from './token-buffer.ts';

/** What is longer zlib makes smaller: it looks further for matches. For what is shorter it takes longer to begin. */
export const MAX_SHORT_TEXT_BYTES = 640;

/** Matches are found by the four bytes with which they begin. */
const LEAST_MATCH = 4;
const HASH_BITS = 10;
const HASH_FACTOR = 0x9e3779b1;
/** By what a token is given a code by: a literal or a length by its symbol, and, from here on, a distance. */
const FIRST_DISTANCE = LITERAL_LENGTH_SYMBOLS;
const CODED_END = FIRST_DISTANCE + DISTANCE_SYMBOLS;

/** Texts are compressed one after the other, whole, so all writers can share these. A token takes a byte at least. */
const tokens = new Int32Array(MAX_SHORT_TEXT_BYTES);
const counts = new Uint32Array(CODED_END);
const literalCounts = counts.subarray(0, FIRST_DISTANCE);
const distanceCounts = counts.subarray(FIRST_DISTANCE);
const codes = new Int32Array(CODED_END);
/** A distance within a short text has eight extra bits at the most: with the longest code no more than a word takes. */
const literals = new HuffmanCode(MAX_CODE_BITS, codes.subarray(0, FIRST_DISTANCE));
const distances = new HuffmanCode(MAX_CODE_BITS, codes.subarray(FIRST_DISTANCE));
const bits = new BitWriter();
/** By a hash of four bytes: 1 more than where they stood last, or 0. */
const places = new Uint16Array(1 << HASH_BITS);

/**
 * Compresses a short text into one block of deflate, the last one. In a buffer that has room for other bytes, before
 * it and behind.
 *
 * @throws RangeError for a text that is longer than `MAX_SHORT_TEXT_BYTES`.
 */
export function deflateShortText(text: Uint8Array, roomBefore: number, roomBehind: number): Buffer {
  if (text.length > MAX_SHORT_TEXT_BYTES) throw new RangeError(`a text of ${text.length} bytes`);
  const count = makeTokens(text);
  literals.make(literalCounts);
  distances.make(distanceCounts);
  bits.reserve(MAX_HEADER_BITS + (count + 2) * MAX_BITS_AT_ONCE);
  writeBlockHeader(bits, { literals, distances }, 'is last');
  bits.writeTokens(tokens, count, codes);
  bits.writeCode(codes[END_OF_BLOCK]!);
  bits.align();
  return bits.take(roomBefore, roomBehind);
}

/** Makes tokens of a text, counts each kind in `counts`, and gives their number. */
function makeTokens(text: Uint8Array): number {
  const view = new DataView(text.buffer, text.byteOffset, text.byteLength);
  places.fill(0);
  counts.fill(0);
  counts[END_OF_BLOCK] = 1;
  let count = 0;
  let at = 0;
  while (at <= text.length - LEAST_MATCH) {
    const from = findPlace(view, at) - 1;
    if (from < 0 || view.getInt32(from, true) !== view.getInt32(at, true)) {
      addToken(count++, text[at++]!);
      continue;
    }
    const length = matchLength(text, from, at);
    addToken(count++, lengthToken(length));
    addToken(count++, distanceToken(FIRST_DISTANCE, at - from));
    const end = at + length;
    const last = Math.min(end, text.length - LEAST_MATCH + 1);
    for (at += 1; at < last; at++) findPlace(view, at);
    at = end;
  }
  while (at < text.length) addToken(count++, text[at++]!);
  return count;
}

function addToken(index: number, token: number): void {
  tokens[index] = token;
  counts[token & CODED_MASK]! += 1;
}

/** Where the four bytes at `at`, or others with their hash, stood last, by `places`; from now on they stand there. */
function findPlace(view: DataView, at: number): number {
  const slot = Math.imul(view.getInt32(at, true), HASH_FACTOR) >>> (32 - HASH_BITS);
  const place = places[slot]!;
  places[slot] = at + 1;
  return place;
}

function matchLength(text: Uint8Array, from: number, at: number): number {
  const most = Math.min(MAX_MATCH_LENGTH, text.length - at);
  let length = LEAST_MATCH;
  while (length < most && text[from + length] === text[at + length]) length += 1;
  return length;
}

function lengthToken(length: number): number {
  const index = length - MIN_MATCH_LENGTH;
  return (
    (LENGTH_EXTRA_COUNT[index]! << EXTRA_COUNT_SHIFT) |
    (LENGTH_EXTRA[index]! << EXTRA_SHIFT) |
    LENGTH_SYMBOL[index]!
  );
}
