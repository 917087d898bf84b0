import type { ByteWindow } from './byte-window.ts';
import { firstMark, quotesIn } from './word-bytes.ts';

/** No text of the table stands there, and none can be added. */
export const UNKNOWN = -1;

const LONGEST_BYTES = 128;
const WORDS = LONGEST_BYTES / 4;
/** So many texts may want the same place; who chose them so is not worth more. */
const PROBES = 16;
const PLAIN_TEXT = /^[\x20-\x7e]*$/;

/**
 * Numbers the keys, or the units, that pages use, so that each is decoded once and then known by its
 * bytes. An entry is a whole token: the text in its quotes and the byte that follows, `"unit-a"}`.
 *
 * Takes plain texts only: ASCII without escapes, at most 125 characters, nothing that each object
 * inherits (`__proto__`).
 */
export class TextTable {
  /** The texts by their numbers. */
  readonly texts: string[] = [];
  /** The bytes of each token, counting its quotes and the byte that follows. */
  readonly lengths: Int32Array;
  readonly #capacity: number;
  readonly #following: number;
  /** Each token's bytes but for the last four, and those: they may overlap. */
  readonly #words: Int32Array;
  readonly #lastWords: Int32Array;
  /** Numbers from 1 by hash; 0 is free. */
  readonly #slots: Uint16Array;

  /** @param capacity A power of two, at most 2^14. */
  constructor(capacity: number, following: number) {
    this.#capacity = capacity;
    this.#following = following;
    this.lengths = new Int32Array(capacity);
    this.#words = new Int32Array(capacity * WORDS);
    this.#lastWords = new Int32Array(capacity);
    this.#slots = new Uint16Array(2 * capacity);
  }

  get isFull(): boolean {
    return this.texts.length === this.#capacity;
  }

  /** True when the token of a number stands at a place. */
  matches(id: number, view: DataView, at: number): boolean {
    const words = this.#words;
    const last = this.lengths[id]! - 4;
    for (let index = 0, word = id * WORDS; index < last; index += 4, word += 1) {
      if (view.getInt32(at + index, true) !== words[word]) return false;
    }
    return view.getInt32(at + last, true) === this.#lastWords[id];
  }

  /** The number of the token at a place, which is new if need be; or `UNKNOWN`. */
  find({ bytes, view, end }: ByteWindow, at: number): number {
    let hash = 0;
    let quote = at + 1;
    let word = view.getInt32(quote, true);
    for (let marks = quotesIn(word); marks === 0; marks = quotesIn(word)) {
      hash = mix(hash, word);
      quote += 4;
      word = view.getInt32(quote, true);
    }
    const rest = firstMark(quotesIn(word));
    hash = mix(hash, word & ((1 << (8 * rest)) - 1));
    const length = quote + rest + 2 - at;
    const isToken = bytes[at] === 0x22 && bytes[at + length - 1] === this.#following;
    return isToken && at + length <= end ? this.#lookUp(hash, bytes, view, at, length) : UNKNOWN;
  }

  #lookUp(hash: number, bytes: Buffer, view: DataView, at: number, length: number): number {
    const mask = this.#slots.length - 1;
    for (let probe = 0; probe < PROBES; probe++) {
      const slot = (hash + probe) & mask;
      const id = this.#slots[slot]! - 1;
      if (id < 0) return this.#add(slot, bytes, view, at, length);
      if (this.lengths[id] === length && this.matches(id, view, at)) return id;
    }
    return UNKNOWN;
  }

  #add(slot: number, bytes: Buffer, view: DataView, at: number, length: number): number {
    // An empty text makes a token of three bytes: too short to compare four.
    if (this.isFull || length < 4 || length > LONGEST_BYTES) return UNKNOWN;
    const text = bytes.toString('latin1', at + 1, at + length - 2);
    if (!PLAIN_TEXT.test(text) || text.includes('\\') || text in Object.prototype) return UNKNOWN;
    const id = this.texts.push(text) - 1;
    this.#slots[slot] = id + 1;
    this.lengths[id] = length;
    const last = length - 4;
    for (let index = 0; index < last; index += 4) {
      this.#words[id * WORDS + index / 4] = view.getInt32(at + index, true);
    }
    this.#lastWords[id] = view.getInt32(at + last, true);
    return id;
  }
}

function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
