import { GROUPS_SHIFT, prepareGroups, putInteger } from './digit-groups.ts';
import { UnsuitedError } from './unsuited-error.ts';

/** Operations are kept in a ring: those to come and the last ones done. */
const RING = 4096;
export const RING_MASK = RING - 1;
/** So far back operations are looked at again. With what a ring holds ahead, less than the ring. */
export const HISTORY = 2048;
/** So many are held before they are made into tokens, and so many one record may add. */
const AHEAD = 512;
const MOST_IN_RECORD = 1024;

/** Texts are kept in a ring, too. What deflate may look back at is always in it. */
const TEXT_RING_BYTES = 262_144;
const TEXT_AHEAD_BYTES = 16_384;
const MOST_TEXT_IN_RECORD = 32_768;
/** A longer text is cut. */
export const MAX_TEXT_BYTES = 2048;

/** A serial number is a small integer: after so many there must be a new ring. */
const MOST_SERIAL = 2 ** 30 - RING;

/**
 * Records as what they are made of: fragments of text that come again and again, each with the value that
 * stands behind it. They have no place in a page yet, so that a record can go onto the next one.
 */
export class Operations {
  /** By serial number & RING_MASK: the fragment's id. */
  readonly fragments = new Int32Array(RING);
  /** An integer from 0, or −1 less a hash of a text. */
  readonly values = new Float64Array(RING);
  /** How many bytes the value takes. */
  readonly lengths = new Int32Array(RING);
  /** From the slot << GROUPS_SHIFT on: the digits of an integer, in groups. */
  readonly groups = new Uint16Array(RING << GROUPS_SHIFT);
  /** What those digits make of a checksum's register of 0. */
  readonly registers = new Int32Array(RING);
  /** Where in `texts` a text begins. */
  readonly textStarts = new Int32Array(RING);
  /** Where in the page the value begins: for whoever gives it a place. */
  readonly positions = new Int32Array(RING);
  readonly texts = new Uint8Array(TEXT_RING_BYTES);

  /** The serial number of the next operation, and of the first that has no place in a page. */
  end = 0;
  begin = 0;
  #textEnd = 0;
  #textAhead = 0;
  /** The three as they were when the record at hand began. */
  #recordStart = 0;
  #recordTextEnd = 0;
  #recordTextAhead = 0;

  constructor() {
    prepareGroups();
  }

  /** True when it is time to make tokens of the operations there are. */
  get isFull(): boolean {
    return this.end - this.begin >= AHEAD || this.#textAhead >= TEXT_AHEAD_BYTES;
  }

  /** Begins a record. @throws UnsuitedError when there were too many. */
  startRecord(): void {
    if (this.isFull) throw new RangeError('Operations are added before older ones were taken');
    if (this.end > MOST_SERIAL) throw new UnsuitedError();
    this.#recordStart = this.end;
    this.#recordTextEnd = this.#textEnd;
    this.#recordTextAhead = this.#textAhead;
  }

  /** Takes back what was added since `startRecord`. */
  cancelRecord(): void {
    this.end = this.#recordStart;
    this.#textEnd = this.#recordTextEnd;
    this.#textAhead = this.#recordTextAhead;
  }

  /** Adds an integer from 0 to 2^53 − 1. @returns how many digits it has. */
  addInteger(fragment: number, value: number): number {
    const slot = this.#add(fragment);
    const digits = putInteger(value, this.groups, slot << GROUPS_SHIFT, this.registers, slot);
    this.lengths[slot] = digits;
    // No −0, which would be another key of a hash.
    this.values[slot] = value + 0;
    return digits;
  }

  /** Adds a value that stands in `texts`. @param start as given by `startText`. */
  addText(fragment: number, start: number, length: number, hash: number): void {
    if (length > MAX_TEXT_BYTES) throw new RangeError(`A text of ${length} bytes`);
    const slot = this.#add(fragment);
    this.lengths[slot] = length;
    this.values[slot] = -1 - (hash >>> 0);
    this.textStarts[slot] = start;
    this.#textEnd = start + length;
    this.#textAhead += length;
    if (this.#textAhead - this.#recordTextAhead > MOST_TEXT_IN_RECORD) throw new UnsuitedError();
  }

  /** Where a text can be put that takes no more than `MAX_TEXT_BYTES`. */
  startText(): number {
    if (this.#textEnd + MAX_TEXT_BYTES > TEXT_RING_BYTES) this.#textEnd = 0;
    return this.#textEnd;
  }

  /** All before that one have their place now. */
  taken(begin: number): void {
    this.begin = begin;
    this.#textAhead = 0;
  }

  #add(fragment: number): number {
    if (this.end - this.#recordStart >= MOST_IN_RECORD) throw new UnsuitedError();
    const slot = this.end & RING_MASK;
    this.end += 1;
    this.fragments[slot] = fragment;
    return slot;
  }
}
