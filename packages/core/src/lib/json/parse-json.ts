import { describeValue, wrongArgument } from '../describe-value.ts';
import type { FormatError } from '../errors/format-error.ts';
import { MAX_JSON_DEPTH } from '../validation/check-json.ts';
import { AsciiStrings } from './ascii-strings.ts';
import { describeAt, jsonError } from './json-error.ts';
import type { JsonValue } from './json-value.ts';

/** What errors say of the text that is parsed. */
export interface ParseJsonOptions {
  /** The key that the bytes were stored under, for the error. */
  readonly key?: string | undefined;
}

/**
 * Reads JSON exactly: every digit of an integer (as a `bigint` beyond ±(2^53 - 1)), `__proto__` as a
 * key like any other, nothing dropped. What other parsers lose in silence is refused: duplicate keys,
 * lone surrogates, bytes that are not UTF-8, numbers too large for a double.
 *
 * @throws FormatError `INVALID_JSON` with line and column, or `LIMIT_EXCEEDED` when nested deeper
 *   than 1,000 levels.
 */
export function parseJson(input: string | Uint8Array, options: ParseJsonOptions = {}): JsonValue {
  if (typeof input === 'string') return new JsonParser(encode(input, options), options).parse();
  if (!(input instanceof Uint8Array)) {
    throw wrongArgument('parseJson: input', 'text or bytes', input);
  }
  // A plain view: parts of a Buffer, which is one too, cost more.
  const bytes = new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  return new JsonParser(bytes, options).parse();
}

function encode(text: string, options: ParseJsonOptions): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (text.isWellFormed()) return bytes;
  const before = text.slice(0, text.search(/\p{Cs}/u));
  throw jsonError(bytes, new TextEncoder().encode(before).length, LONE_SURROGATE, options);
}

const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LOWER_E = 0x65;

/** So many digits fit a double whatever they are. */
const SAFE_DIGITS = 15;

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

const LONE_SURROGATE = 'a lone surrogate';

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
    throw this.#invalid(this.#at - 1, what, MAX_JSON_DEPTH);
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
    let end = start;
    let escapes = false;
    let bits = 0;
    for (let byte = bytes[end]!; byte !== QUOTE; byte = bytes[end]!) {
      if (byte === BACKSLASH) {
        escapes = true;
        end += 1;
      } else if (byte < 0x20) {
        throw this.#invalid(end, 'a control character in a string');
      } else if (end >= bytes.length) {
        throw this.#invalid(start - 1, 'a string without an end');
      }
      bits |= byte;
      end += 1;
    }
    this.#at = end + 1;
    if (bits < 0x80 && !escapes) return this.#strings.get(start, end);
    const text = this.#decode(start, end);
    return escapes ? this.#unescape(text, start - 1) : text;
  }

  #decode(start: number, end: number): string {
    try {
      return this.#strings.decode(start, end);
    } catch {
      throw this.#invalid(start - 1, 'a string that is not UTF-8');
    }
  }

  /** `JSON.parse` knows the escapes of a string; what it gives need not be well-formed. */
  #unescape(escaped: string, at: number): string {
    let text = '';
    try {
      text = JSON.parse(`"${escaped}"`);
    } catch {
      throw this.#invalid(at, 'a string with an unknown escape');
    }
    if (text.isWellFormed()) return text;
    throw this.#invalid(at, LONE_SURROGATE);
  }

  #number(): number | bigint {
    const bytes = this.#bytes;
    const start = this.#at;
    const first = bytes[start] === MINUS ? start + 1 : start;
    let at = first;
    let value = 0;
    let byte = bytes[at]!;
    while (byte >= ZERO && byte <= NINE) {
      value = value * 10 + (byte - ZERO);
      at += 1;
      byte = bytes[at]!;
    }
    const digits = at - first;
    const zeros = digits > 1 && bytes[first] === ZERO;
    if (digits === 0 || zeros || isOfNumber(byte)) return this.#unusualNumber(at);
    this.#at = at;
    if (digits > SAFE_DIGITS) return exactInteger(this.#strings.get(start, at));
    return first === start ? value : -value;
  }

  /** A number with a fraction or an exponent, or one that is none; it goes on at `at`. */
  #unusualNumber(at: number): number {
    const start = this.#at;
    let end = at;
    while (isOfNumber(this.#bytes[end]!)) end += 1;
    const text = this.#strings.get(start, end);
    const value = Number(text);
    this.#at = end;
    if (NUMBER.test(text) && Number.isFinite(value)) return value;
    throw this.#invalid(start, `the number ${describeValue(text)}, malformed or too large`);
  }

  #unexpected(expected: string): FormatError {
    const found = describeAt(this.#bytes, this.#at);
    return this.#invalid(this.#at, `expected ${expected}, found ${found}`);
  }

  #invalid(at: number, what: string, limit?: number): FormatError {
    return jsonError(this.#bytes, at, what, this.#options, limit);
  }
}

/** Whether a byte may be of a number: a digit, a sign, `.`, `e` or `E`. */
function isOfNumber(byte: number): boolean {
  return (byte > COMMA && byte <= NINE) || byte === PLUS || (byte | 0x20) === LOWER_E;
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
