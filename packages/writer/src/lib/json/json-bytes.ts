import { type Fragment, fragment } from './json-fragments.ts';

const QUOTE = 0x22;
const ZERO = 0x30;
const BACKSLASH = 0x5c;

/** Up to here a loop over the characters beats a call into the runtime. */
const SHORT_STRING = 48;
const BILLION = 1_000_000_000;
const MOST_DIGITS = 16;

/** The two digits of 0 to 99, as a big-endian 16-bit number each. */
const DIGIT_PAIRS = Uint16Array.from({ length: 100 }, (_, pair) => {
  return ((ZERO + Math.floor(pair / 10)) << 8) | (ZERO + (pair % 10));
});

const TRUE = fragment('true');
const FALSE = fragment('false');
const NULL = fragment('null');

/** What is to be written takes more room than it may. Never leaves this package. */
export class OversizedError extends Error {}

/**
 * Writes JSON's tokens as UTF-8 into one buffer, which grows as needed. Every write first makes room,
 * and goes through a `DataView`, which throws beyond its end, where a typed array says nothing.
 */
export class JsonBytes {
  readonly #maxBytes: number;
  #bytes: Buffer;
  #view: DataView;
  #length = 0;

  /** @param maxBytes beyond it the buffer does not grow; an `OversizedError` says so. */
  constructor(buffer: Buffer, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#bytes = buffer;
    this.#view = viewOf(buffer);
  }

  get length(): number {
    return this.#length;
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  /** Takes back what was written from there on. */
  cutTo(length: number): void {
    this.#length = length;
  }

  /** Goes on in another buffer, with what was written from `start` on copied there. Returns the old one. */
  moveTo(buffer: Buffer, start: number): Buffer {
    const old = this.#bytes;
    this.#length = old.copy(buffer, 0, start, this.#length);
    this.#bytes = buffer;
    this.#view = viewOf(buffer);
    return old;
  }

  /** What was written, where it stands: until more is written. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Writes JSON as it is. */
  raw(json: Uint8Array): void {
    this.#reserve(json.length);
    this.#bytes.set(json, this.#length);
    this.#length += json.length;
  }

  byte(byte: number): void {
    this.#reserve(1);
    this.#view.setUint8(this.#length, byte);
    this.#length += 1;
  }

  fragment({ words, length }: Fragment): void {
    this.#reserve(words.length * 4);
    const view = this.#view;
    let at = this.#length;
    for (let index = 0; index < words.length; index++) {
      view.setUint32(at, words[index]!, true);
      at += 4;
    }
    this.#length += length;
  }

  null(): void {
    this.fragment(NULL);
  }

  boolean(value: boolean): void {
    this.fragment(value ? TRUE : FALSE);
  }

  /** Writes well-formed text. */
  string(text: string): void {
    if (text.length <= SHORT_STRING && this.#plainString(text)) return;
    const json = JSON.stringify(text);
    this.#reserve(Buffer.byteLength(json));
    this.#length += this.#bytes.write(json, this.#length);
  }

  /** Writes a finite number. */
  number(value: number): void {
    if (Number.isSafeInteger(value) && value >= 0) this.#integer(value);
    else this.#ascii(String(value));
  }

  bigint(value: bigint): void {
    this.#ascii(String(value));
  }

  /** Writes a short string that is ASCII and needs no escape; returns false for any other. */
  #plainString(text: string): boolean {
    this.#reserve(text.length + 2);
    const view = this.#view;
    let at = this.#length;
    view.setUint8(at++, QUOTE);
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x20 || unit > 0x7f || unit === QUOTE || unit === BACKSLASH) return false;
      view.setUint8(at++, unit);
    }
    view.setUint8(at++, QUOTE);
    this.#length = at;
    return true;
  }

  #integer(value: number): void {
    this.#reserve(MOST_DIGITS);
    if (value < BILLION) {
      this.#digits(value, digitCount(value));
    } else {
      // Below 2^53 no quotient by a billion is rounded up to the next integer.
      const high = Math.floor(value / BILLION);
      this.#digits(high, digitCount(high));
      this.#digits(value - high * BILLION, 9);
    }
  }

  /** Writes so many digits of a number below a billion, from the last to the first. */
  #digits(value: number, count: number): void {
    const view = this.#view;
    let rest = value | 0;
    let at = this.#length + count;
    for (let left = count; left > 1; left -= 2) {
      const next = (rest / 100) | 0;
      at -= 2;
      view.setUint16(at, DIGIT_PAIRS[rest - next * 100]!);
      rest = next;
    }
    if ((count & 1) === 1) view.setUint8(at - 1, ZERO + rest);
    this.#length += count;
  }

  #ascii(text: string): void {
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index++) {
      this.#view.setUint8(this.#length + index, text.charCodeAt(index));
    }
    this.#length += text.length;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes > this.#bytes.length) this.#grow(this.#length + bytes);
  }

  #grow(needed: number): void {
    if (needed > this.#maxBytes) throw new OversizedError();
    const doubled = Math.min(this.#bytes.length * 2, this.#maxBytes);
    this.moveTo(Buffer.allocUnsafeSlow(Math.max(needed, doubled)), 0);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function digitCount(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4;
  if (value < 1_000_000) return value < 100_000 ? 5 : 6;
  return value < 100_000_000 ? (value < 10_000_000 ? 7 : 8) : 9;
}
