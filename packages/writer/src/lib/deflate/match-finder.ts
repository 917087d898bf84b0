import { afterBytes, EMPTY_REGISTER, shiftRegister } from './checksum.ts';
import { MAX_MATCH_LENGTH, MIN_MATCH_LENGTH, WINDOW_BYTES } from './deflate-alphabet.ts';
import { afterGroups, MOST_GROUPS, putGroups } from './digit-groups.ts';
import { type FragmentTable, MOST_FRAGMENTS } from './fragment-table.ts';
import { HISTORY, type Operations, RING_MASK } from './operations.ts';
import { commonLength, TextMatcher } from './text-matcher.ts';
import type { TokenBuffer } from './token-buffer.ts';

/** A text that is longer is looked through for what repeats in it. */
const LONG_TEXT_BYTES = 24;
const VALUE_HASH_BITS = 13;
/** A fragment's values are looked up this often without success before that is given up, and how that is earned. */
const FIRST_CREDIT = 64;
const MOST_CREDIT = 255;
const CREDIT_FOR_HIT = 8;
const NEVER = -WINDOW_BYTES - 1;
const NONE = -1;

/**
 * Gives operations their place in a page, and finds what repeats: not by comparing bytes, but because a
 * fragment that comes again is the same text.
 */
export class MatchFinder {
  readonly #operations: Operations;
  readonly #table: FragmentTable;
  readonly #tokens: TokenBuffer;
  readonly #texts: TextMatcher;
  /** By fragment: the last operation with it. By half: where it stood last. */
  readonly #lastSerials = new Int32Array(MOST_FRAGMENTS).fill(NONE);
  readonly #halfPositions = new Int32Array(MOST_FRAGMENTS + 1).fill(NEVER);
  /** By a hash of a fragment and the value behind it: the last operation with them. */
  readonly #valueSerials = new Int32Array(1 << VALUE_HASH_BITS).fill(NONE);
  readonly #credit = new Uint8Array(MOST_FRAGMENTS).fill(FIRST_CREDIT);
  /** The digits of the integer that got its place last. */
  readonly #groups = new Int32Array(MOST_GROUPS);
  #groupCount = 0;
  /** The first operation of the page, and how far the page goes. */
  #oldest = 0;
  #position = 0;
  #register = EMPTY_REGISTER;
  #unmatchedBytes = 0;

  constructor(operations: Operations, table: FragmentTable, tokens: TokenBuffer) {
    this.#operations = operations;
    this.#table = table;
    this.#tokens = tokens;
    this.#texts = new TextMatcher(operations, tokens);
  }

  /** The CRC-32 of all text since the last time. */
  takeChecksum(): number {
    const checksum = ~this.#register >>> 0;
    this.#register = EMPTY_REGISTER;
    return checksum;
  }

  /**
   * How many bytes of fragments and long texts nothing was known of, since the last time. All values
   * get another chance.
   */
  takeUnmatchedBytes(): number {
    const unmatchedBytes = this.#unmatchedBytes;
    this.#unmatchedBytes = 0;
    this.#credit.fill(FIRST_CREDIT);
    return unmatchedBytes;
  }

  /** Forgets what came before that operation: there is no looking back across it. */
  startPage(oldest: number): void {
    this.#oldest = oldest;
    this.#position = 0;
    this.#halfPositions.fill(NEVER);
  }

  /**
   * Makes tokens of an operation, and of those behind it that the same match covers.
   *
   * @param end the operation up to which there are any.
   * @returns the next operation.
   */
  write(serial: number, end: number): number {
    const { fragments, lengths, positions } = this.#operations;
    const fragmentLengths = this.#table.lengths;
    const fragment = fragments[serial & RING_MASK]!;
    const source = this.#sourceOf(serial, fragment);
    if (source === NONE) {
      this.#writeFragment(fragment);
      this.#place(serial, fragment);
      this.#writeValue(serial, 0);
      return serial + 1;
    }
    const fragmentLength = fragmentLengths[fragment]!;
    const distance = this.#position + fragmentLength - positions[source & RING_MASK]!;
    let length = fragmentLength;
    let at = serial;
    let from = source;
    this.#place(at, fragment);
    for (;;) {
      const common = this.#commonValue(at, from, MAX_MATCH_LENGTH - length);
      length += common;
      if (common < lengths[at & RING_MASK]! || common < lengths[from & RING_MASK]!) {
        this.#tokens.match(length, distance);
        this.#writeValue(at, common);
        return at + 1;
      }
      at += 1;
      from += 1;
      if (at === end) break;
      const next = fragments[at & RING_MASK]!;
      if (next !== fragments[from & RING_MASK]!) break;
      if (length + fragmentLengths[next]! > MAX_MATCH_LENGTH) break;
      length += fragmentLengths[next]!;
      this.#indexValue(at, next);
      this.#place(at, next);
    }
    this.#tokens.match(length, distance);
    return at;
  }

  /** Makes tokens of a fragment that no value follows. */
  writeLast(fragment: number): void {
    this.#writeFragment(fragment);
    this.#register =
      shiftRegister(this.#register, this.#table.lengths[fragment]!) ^
      this.#table.registers[fragment]!;
    this.#position += this.#table.lengths[fragment]!;
  }

  /** The operation to repeat from: the last with this fragment, or better with this value, too. */
  #sourceOf(serial: number, fragment: number): number {
    const last = this.#lastSerials[fragment]!;
    const sameValue = this.#indexValue(serial, fragment);
    if (this.#table.lengths[fragment]! < MIN_MATCH_LENGTH) return NONE;
    if (!this.#isInReach(last, serial, fragment)) return NONE;
    const { values } = this.#operations;
    const value = values[serial & RING_MASK]!;
    if (values[last & RING_MASK] === value) return last;
    if (sameValue !== NONE && this.#isInReach(sameValue, serial, fragment)) {
      if (values[sameValue & RING_MASK] === value) {
        this.#credit[fragment] = Math.min(this.#credit[fragment]! + CREDIT_FOR_HIT, MOST_CREDIT);
        return sameValue;
      }
    }
    return last;
  }

  /** True for an earlier operation of the page with the fragment, no further back than deflate can refer. */
  #isInReach(source: number, serial: number, fragment: number): boolean {
    if (source < this.#oldest || serial - source > HISTORY) return false;
    const { fragments, positions } = this.#operations;
    if (fragments[source & RING_MASK] !== fragment) return false;
    const valuePosition = this.#position + this.#table.lengths[fragment]!;
    return valuePosition - positions[source & RING_MASK]! <= WINDOW_BYTES;
  }

  /** Notes where the value stands behind its fragment, and gives where it did before, or `NONE`. */
  #indexValue(serial: number, fragment: number): number {
    if (this.#credit[fragment] === 0) return NONE;
    this.#credit[fragment]! -= 1;
    const value = this.#operations.values[serial & RING_MASK]!;
    const mixed = Math.imul(value | 0, 0x9e3779b1) ^ Math.imul(fragment, 0x85ebca6b);
    const hash = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> (32 - VALUE_HASH_BITS);
    const before = this.#valueSerials[hash]!;
    this.#valueSerials[hash] = serial;
    return before;
  }

  /** How many bytes two operations' values have in common at their beginning, of integers all or none. */
  #commonValue(serial: number, source: number, most: number): number {
    const { values, lengths, texts, textStarts } = this.#operations;
    const slot = serial & RING_MASK;
    const sourceSlot = source & RING_MASK;
    const length = lengths[slot]!;
    const value = values[slot]!;
    if (value >= 0) return values[sourceSlot] === value && length <= most ? length : 0;
    if (values[sourceSlot]! >= 0) return 0;
    const shorter = Math.min(length, lengths[sourceSlot]!, most);
    return commonLength(texts, textStarts[slot]!, textStarts[sourceSlot]!, shorter);
  }

  /** Puts an operation behind what there is of the page. */
  #place(serial: number, fragment: number): void {
    const { values, lengths, positions, texts, textStarts } = this.#operations;
    const table = this.#table;
    const slot = serial & RING_MASK;
    const start = this.#position;
    const valueStart = start + table.lengths[fragment]!;
    positions[slot] = valueStart;
    this.#position = valueStart + lengths[slot]!;
    this.#lastSerials[fragment] = serial;
    this.#halfPositions[table.closerHalves[fragment]!] = start;
    this.#halfPositions[table.openerHalves[fragment]!] = start + table.closerLengths[fragment]!;
    const register =
      shiftRegister(this.#register, table.lengths[fragment]!) ^ table.registers[fragment]!;
    const value = values[slot]!;
    if (value >= 0) {
      this.#groupCount = putGroups(value, lengths[slot]!, this.#groups, 0);
      this.#register = afterGroups(register, this.#groups, 0, this.#groupCount);
    } else {
      const textStart = textStarts[slot]!;
      this.#register = afterBytes(register, texts, textStart, textStart + lengths[slot]!);
    }
  }

  /** Makes tokens of a fragment whose whole text is not in reach. */
  #writeFragment(fragment: number): void {
    const { lengths, closerLengths, closerHalves, openerHalves } = this.#table;
    const { bytes } = this.#table.get(fragment);
    const middle = closerLengths[fragment]!;
    this.#writeHalf(bytes, 0, middle, this.#halfPositions[closerHalves[fragment]!]!);
    const openerPosition = this.#halfPositions[openerHalves[fragment]!]!;
    this.#writeHalf(bytes, middle, lengths[fragment]!, openerPosition);
  }

  #writeHalf(bytes: Uint8Array, start: number, end: number, lastPosition: number): void {
    const length = end - start;
    const distance = this.#position + start - lastPosition;
    if (length >= MIN_MATCH_LENGTH && distance <= WINDOW_BYTES) {
      this.#tokens.match(length, distance);
    } else {
      this.#tokens.literals(bytes, start, end);
      this.#unmatchedBytes += length;
    }
  }

  /** Makes tokens of what is left of the value that got its place last. */
  #writeValue(serial: number, first: number): void {
    const { fragments, values, lengths, texts, textStarts } = this.#operations;
    const slot = serial & RING_MASK;
    if (values[slot]! >= 0) {
      if (first === 0) this.#tokens.groups(this.#groups, this.#groupCount);
      return;
    }
    const length = lengths[slot]!;
    const isLong = length - first > LONG_TEXT_BYTES;
    if (isLong) this.#unmatchedBytes += length - first;
    // Where values come again, they also do behind other fragments.
    if (isLong || this.#credit[fragments[slot]!]! > 0) {
      this.#texts.write(serial, first, this.#oldest);
    } else {
      const start = textStarts[slot]!;
      this.#tokens.literals(texts, start + first, start + length);
    }
  }
}
