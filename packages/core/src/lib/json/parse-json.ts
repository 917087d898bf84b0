import type { FormatError } from '../errors/format-error.ts';
import { MAX_JSON_DEPTH } from '../validation/check-json.ts';
import { describeValue } from '../validation/issue-list.ts';
import { AsciiStrings } from './ascii-strings.ts';
import { describeAt, jsonError, syntaxError } from './json-error.ts';
import type { JsonValue } from './json-value.ts';

/** What errors say of the text that is parsed. */
export interface ParseJsonOptions {
  /** The key that the bytes were stored under, for the error. */
  readonly key?: string | undefined;
}

/**
 * Reads JSON exactly: every digit of an integer (as a `bigint` beyond ±(2^53 - 1)), `__proto__` as a
 * key like any other, nothing dropped. What other parsers lose in silence is refused: duplicate keys,
 * lone surrogates, bytes that are not UTF-8, numbers that a double cannot hold.
 *
 * @throws FormatError `INVALID_JSON` with line and column, or `LIMIT_EXCEEDED` when nested deeper
 *   than 1,000 levels.
 */
export function parseJson(input: string | Uint8Array, options: ParseJsonOptions = {}): JsonValue {
  if (typeof input === 'string') return new JsonParser(encode(input, options), options).parse();
  if (!(input instanceof Uint8Array)) {
    throw new TypeError(`parseJson: input must be text or bytes, got ${describeValue(input)}`);
  }
  // A plain view: parts of a Buffer, which is one too, cost more.
  const bytes = new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  return new JsonParser(bytes, options).parse();
}

function encode(text: string, options: ParseJsonOptions): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (text.isWellFormed()) return bytes;
  const wellFormed = text.toWellFormed();
  let at = 0;
  while (text.charCodeAt(at) === wellFormed.charCodeAt(at)) at += 1;
  const before = new TextEncoder().encode(wellFormed.slice(0, at)).length;
  throw syntaxError(bytes, before, 'a lone surrogate', options);
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const UPPER_E = 0x45;
const LOWER_E = 0x65;

/** So many digits fit a double whatever they are. */
const SAFE_DIGITS = 15;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

type Members = Record<string, JsonValue>;

class JsonParser {
  readonly #bytes: Uint8Array;
  readonly #options: ParseJsonOptions;
  readonly #strings: AsciiStrings;
  #at = 0;
  #depth = 0;

  constructor(bytes: Uint8Array, options: ParseJsonOptions) {
    this.#bytes = bytes;
    this.#options = options;
    this.#strings = new AsciiStrings(bytes);
  }

  parse(): JsonValue {
    const value = this.#value();
    if (this.#peek() !== -1) throw this.#unexpected('the end');
    return value;
  }

  /** The next byte that is no white space, or -1 at the end. */
  #peek(): number {
    const bytes = this.#bytes;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at]!;
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) {
        return byte;
      }
      this.#at += 1;
    }
    return -1;
  }

  #value(): JsonValue {
    const byte = this.#peek();
    if (byte === QUOTE) return this.#string();
    if (byte === OPEN_BRACE) return this.#object();
    if (byte === OPEN_BRACKET) return this.#array();
    if (byte === MINUS || (byte >= ZERO && byte <= NINE)) return this.#number();
    if (this.#take('true')) return true;
    if (this.#take('false')) return false;
    if (this.#take('null')) return null;
    throw this.#unexpected('a value');
  }

  #take(word: string): boolean {
    for (let index = 0; index < word.length; index++) {
      if (this.#bytes[this.#at + index] !== word.charCodeAt(index)) return false;
    }
    this.#at += word.length;
    return true;
  }

  #enter(): void {
    this.#at += 1;
    this.#depth += 1;
    if (this.#depth <= MAX_JSON_DEPTH) return;
    const what = `nested deeper than ${MAX_JSON_DEPTH} levels`;
    throw jsonError(this.#bytes, this.#at - 1, what, 'LIMIT_EXCEEDED', this.#options);
  }

  #array(): JsonValue[] {
    this.#enter();
    const items: JsonValue[] = [];
    if (this.#peek() !== CLOSE_BRACKET) {
      for (;;) {
        items.push(this.#value());
        const byte = this.#peek();
        if (byte === CLOSE_BRACKET) break;
        if (byte !== COMMA) throw this.#unexpected('"," or "]"');
        this.#at += 1;
      }
    }
    this.#at += 1;
    this.#depth -= 1;
    return items;
  }

  #object(): JsonValue {
    this.#enter();
    const metric = this.#metric();
    const members = metric ?? {};
    let first = metric === undefined;
    for (let byte = this.#peek(); byte !== CLOSE_BRACE; byte = this.#peek()) {
      if (first) first = false;
      else if (byte === COMMA) this.#at += 1;
      else throw this.#unexpected('"," or "}"');
      this.#member(members);
    }
    this.#at += 1;
    this.#depth -= 1;
    return members;
  }

  /** What most objects begin with, at once: members that are known beforehand cost much less. */
  #metric(): Members | undefined {
    if (!this.#take('"value":')) return undefined;
    const value = this.#value();
    if (!this.#take(',"unit":')) return { value };
    return { value, unit: this.#value() };
  }

  #member(members: Members): void {
    if (this.#peek() !== QUOTE) throw this.#unexpected('a key in double quotes');
    const start = this.#at;
    const key = this.#string();
    // Undefined is no JSON: whatever is there is a member, or inherited like `__proto__`.
    const taken = members[key] !== undefined;
    if (taken && Object.hasOwn(members, key)) {
      throw this.#invalid(start, `the key ${describeValue(key)} twice in one object`);
    }
    if (this.#peek() !== COLON) throw this.#unexpected('":"');
    this.#at += 1;
    const value = this.#value();
    if (taken) defineMember(members, key, value);
    else members[key] = value;
  }

  #string(): string {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.#at = at + 1;
        return this.#strings.get(start, at);
      }
      if (byte === BACKSLASH || byte >= 0x80) return this.#unusualString(start);
      if (byte < 0x20) throw this.#invalid(at, 'a control character in a string');
    }
    throw this.#invalid(start - 1, 'a string without an end');
  }

  /** A string with escapes or beyond ASCII. */
  #unusualString(start: number): string {
    const bytes = this.#bytes;
    let text = '';
    let from = start;
    let ascii = true;
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.#at = at + 1;
        text += this.#piece(from, at, ascii);
        if (text.isWellFormed()) return text;
        throw this.#invalid(start - 1, 'a lone surrogate in a string');
      }
      if (byte < 0x20) throw this.#invalid(at, 'a control character in a string');
      if (byte >= 0x80) ascii = false;
      if (byte !== BACKSLASH) continue;
      text += this.#piece(from, at, ascii) + this.#escape(at);
      at += bytes[at + 1] === 0x75 ? 5 : 1;
      from = at + 1;
      ascii = true;
    }
    throw this.#invalid(start - 1, 'a string without an end');
  }

  #escape(at: number): string {
    const letter = String.fromCharCode(this.#bytes[at + 1] ?? 0);
    if (letter === 'u') {
      const digits = String.fromCharCode(...this.#bytes.subarray(at + 2, at + 6));
      if (/^[0-9A-Fa-f]{4}$/.test(digits)) return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const meaning = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (meaning === undefined) throw this.#invalid(at, 'an unknown escape in a string');
    return meaning;
  }

  #piece(start: number, end: number, ascii: boolean): string {
    if (ascii) return this.#strings.get(start, end);
    try {
      return this.#strings.decode(start, end);
    } catch {
      throw this.#invalid(start, 'bytes that are not UTF-8 in a string');
    }
  }

  #number(): number | bigint {
    const bytes = this.#bytes;
    const start = this.#at;
    if (bytes[start] === MINUS) this.#at += 1;
    const first = this.#at;
    let value = 0;
    let digit = this.#digit();
    for (; digit >= 0; digit = this.#digit()) {
      value = value * 10 + digit;
      this.#at += 1;
    }
    const digits = this.#at - first;
    if (digits === 0) throw this.#unexpected('a digit');
    if (digits > 1 && bytes[first] === ZERO)
      throw this.#invalid(first, 'a number that begins with 0');
    const next = bytes[this.#at];
    if (next === DOT || next === LOWER_E || next === UPPER_E) return this.#fraction(start);
    if (digits > SAFE_DIGITS) return exactInteger(this.#strings.get(start, this.#at));
    return first === start ? value : -value;
  }

  #fraction(start: number): number {
    if (this.#bytes[this.#at] === DOT) {
      this.#at += 1;
      this.#digits();
    }
    const byte = this.#bytes[this.#at];
    if (byte === LOWER_E || byte === UPPER_E) {
      this.#at += 1;
      const sign = this.#bytes[this.#at];
      if (sign === MINUS || sign === 0x2b) this.#at += 1;
      this.#digits();
    }
    const value = Number(this.#strings.get(start, this.#at));
    if (Number.isFinite(value)) return value;
    throw this.#invalid(start, 'a number that is too large');
  }

  #digits(): void {
    if (this.#digit() < 0) throw this.#unexpected('a digit');
    while (this.#digit() >= 0) this.#at += 1;
  }

  /** The digit at hand, or -1. */
  #digit(): number {
    const byte = this.#bytes[this.#at];
    return byte !== undefined && byte >= ZERO && byte <= NINE ? byte - ZERO : -1;
  }

  #unexpected(expected: string): FormatError {
    const bytes = this.#bytes;
    const found = this.#at < bytes.length ? describeAt(bytes, this.#at) : 'the end';
    return syntaxError(bytes, this.#at, `expected ${expected}, found ${found}`, this.#options);
  }

  #invalid(at: number, what: string): FormatError {
    return syntaxError(this.#bytes, at, what, this.#options);
  }
}

function exactInteger(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

function defineMember(members: object, key: string, value: JsonValue): void {
  Object.defineProperty(members, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
