import { afterBytes, EMPTY_REGISTER, shiftRegister } from './checksum.ts';
import { MAX_MATCH_LENGTH, MIN_MATCH_LENGTH, WINDOW_BYTES } from './deflate-alphabet.ts';
import { GROUPS_SHIFT, groupCount } from './digit-groups.ts';
import { type FragmentTable, MOST_FRAGMENTS } from './fragment-table.ts';
import { HISTORY, type Operations, RING_MASK } from './operations.ts';
import { commonLength, TextMatcher } from './text-matcher.ts';
import { BLOCK_TOKENS, type TokenBuffer } from './token-buffer.ts';

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
   * Makes tokens of operations until a block is full.
   *
   * It is one loop, with all that changes in local variables. With that of `BitWriter` it brought about 5%
   * of the time of the whole.
   *
   * @param begin the first that has no place yet.
   * @param end the operation up to which there are any.
   * @returns the first that has no place now.
   */
  write(begin: number, end: number): number {
    const { fragments, values, lengths, groups, positions, texts, textStarts } = this.#operations;
    const valueRegisters = this.#operations.registers;
    const table = this.#table;
    const fragmentLengths = table.lengths;
    const { registers, closerLengths, closerHalves, openerHalves } = table;
    const lastSerials = this.#lastSerials;
    const halfPositions = this.#halfPositions;
    const buffer = this.#tokens;
    const { tokens } = buffer;
    let { count } = buffer;
    let position = this.#position;
    let register = this.#register;
    /** While a match grows: the operation that it repeats, its length and distance. */
    let source = NONE;
    let matchLength = 0;
    let distance = 0;
    let serial = begin;
    for (; serial < end && (count < BLOCK_TOKENS || source !== NONE); serial++) {
      const slot = serial & RING_MASK;
      const fragment = fragments[slot]!;
      const fragmentLength = fragmentLengths[fragment]!;
      const valueStart = position + fragmentLength;
      const value = values[slot]!;

      // The fragment: a part of the match that grows, or the beginning of one, or apart.
      const sameValue = this.#indexValue(serial, fragment, value);
      if (source !== NONE) {
        source += 1;
        matchLength += fragmentLength;
        if (fragments[source & RING_MASK] !== fragment || matchLength > MAX_MATCH_LENGTH) {
          count = buffer.matchAt(count, matchLength - fragmentLength, distance);
          source = NONE;
        }
      }
      if (source === NONE) {
        source = this.#sourceOf(serial, fragment, value, valueStart, sameValue);
        if (source === NONE) {
          buffer.count = count;
          this.#writeFragment(fragment, position);
          count = buffer.count;
        } else {
          matchLength = fragmentLength;
          distance = valueStart - positions[source & RING_MASK]!;
        }
      }

      lastSerials[fragment] = serial;
      halfPositions[closerHalves[fragment]!] = position;
      halfPositions[openerHalves[fragment]!] = position + closerLengths[fragment]!;
      positions[slot] = valueStart;
      const valueLength = lengths[slot]!;
      position = valueStart + valueLength;

      // The value: the match grows over it, or ends.
      if (value >= 0) {
        register =
          shiftRegister(register ^ registers[fragment]!, fragmentLength + valueLength) ^
          valueRegisters[slot]!;
        if (source !== NONE) {
          if (values[source & RING_MASK] === value) {
            if (matchLength + valueLength <= MAX_MATCH_LENGTH) {
              matchLength += valueLength;
              continue;
            }
          }
          count = buffer.matchAt(count, matchLength, distance);
          source = NONE;
        }
        // As many as there can be: a loop as long as the integer is could not be foreseen.
        const start = slot << GROUPS_SHIFT;
        tokens[count] = groups[start]!;
        tokens[count + 1] = groups[start + 1]!;
        tokens[count + 2] = groups[start + 2]!;
        tokens[count + 3] = groups[start + 3]!;
        tokens[count + 4] = groups[start + 4]!;
        tokens[count + 5] = groups[start + 5]!;
        count += groupCount(valueLength);
      } else {
        const textStart = textStarts[slot]!;
        register = shiftRegister(register ^ registers[fragment]!, fragmentLength);
        register = afterBytes(register, texts, textStart, textStart + valueLength);
        let common = 0;
        if (source !== NONE) {
          common = this.#commonText(slot, source & RING_MASK, MAX_MATCH_LENGTH - matchLength);
          matchLength += common;
          if (common === valueLength && common === lengths[source & RING_MASK]) continue;
          count = buffer.matchAt(count, matchLength, distance);
          source = NONE;
        }
        buffer.count = count;
        this.#writeText(serial, common);
        count = buffer.count;
      }
    }
    if (source !== NONE) count = buffer.matchAt(count, matchLength, distance);
    buffer.count = count;
    this.#position = position;
    this.#register = register;
    return serial;
  }

  /** Makes tokens of a fragment that no value follows. */
  writeLast(fragment: number): void {
    const { lengths, registers } = this.#table;
    this.#writeFragment(fragment, this.#position);
    this.#register = shiftRegister(this.#register ^ registers[fragment]!, lengths[fragment]!);
    this.#position += lengths[fragment]!;
  }

  /**
   * The operation to repeat from: the last with this fragment, or better with this value, too.
   *
   * @param sameValue where the two may have stood.
   */
  #sourceOf(
    serial: number,
    fragment: number,
    value: number,
    valueStart: number,
    sameValue: number,
  ): number {
    const last = this.#lastSerials[fragment]!;
    if (this.#table.lengths[fragment]! < MIN_MATCH_LENGTH) return NONE;
    if (!this.#isInReach(last, serial, fragment, valueStart)) return NONE;
    const { values } = this.#operations;
    if (values[last & RING_MASK] === value) return last;
    if (sameValue === NONE || values[sameValue & RING_MASK] !== value) return last;
    if (!this.#isInReach(sameValue, serial, fragment, valueStart)) return last;
    this.#credit[fragment] = Math.min(this.#credit[fragment]! + CREDIT_FOR_HIT, MOST_CREDIT);
    return sameValue;
  }

  /** True for an earlier operation of the page with the fragment, no further back than deflate can refer. */
  #isInReach(source: number, serial: number, fragment: number, valueStart: number): boolean {
    if (source < this.#oldest || serial - source > HISTORY) return false;
    const { fragments, positions } = this.#operations;
    if (fragments[source & RING_MASK] !== fragment) return false;
    return valueStart - positions[source & RING_MASK]! <= WINDOW_BYTES;
  }

  /** Notes where the value stands behind its fragment, and gives where it did before, or `NONE`. */
  #indexValue(serial: number, fragment: number, value: number): number {
    if (this.#credit[fragment] === 0) return NONE;
    this.#credit[fragment]! -= 1;
    const mixed = Math.imul(value | 0, 0x9e3779b1) ^ Math.imul(fragment, 0x85ebca6b);
    const hash = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> (32 - VALUE_HASH_BITS);
    const before = this.#valueSerials[hash]!;
    this.#valueSerials[hash] = serial;
    return before;
  }

  /** How many bytes two values have in common at their beginning, of which the first is a text. */
  #commonText(slot: number, sourceSlot: number, most: number): number {
    const { values, lengths, texts, textStarts } = this.#operations;
    if (values[sourceSlot]! >= 0) return 0;
    const shorter = Math.min(lengths[slot]!, lengths[sourceSlot]!, most);
    return commonLength(texts, textStarts[slot]!, textStarts[sourceSlot]!, shorter);
  }

  /** Makes tokens of a fragment whose whole text is not in reach. */
  #writeFragment(fragment: number, position: number): void {
    const { lengths, closerLengths, closerHalves, openerHalves } = this.#table;
    const { bytes } = this.#table.get(fragment);
    const middle = closerLengths[fragment]!;
    const closerPosition = this.#halfPositions[closerHalves[fragment]!]!;
    const openerPosition = this.#halfPositions[openerHalves[fragment]!]!;
    this.#writeHalf(bytes, 0, middle, position - closerPosition);
    this.#writeHalf(bytes, middle, lengths[fragment]!, position + middle - openerPosition);
  }

  #writeHalf(bytes: Uint8Array, start: number, end: number, distance: number): void {
    const length = end - start;
    if (length >= MIN_MATCH_LENGTH && distance <= WINDOW_BYTES) {
      this.#tokens.match(length, distance);
    } else {
      this.#tokens.literals(bytes, start, end);
      this.#unmatchedBytes += length;
    }
  }

  /** Makes tokens of what is left of a text. */
  #writeText(serial: number, first: number): void {
    const { fragments, lengths, texts, textStarts } = this.#operations;
    const slot = serial & RING_MASK;
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
