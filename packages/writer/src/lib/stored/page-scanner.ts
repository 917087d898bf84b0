import { FormatError, type JsonValue, parseJson } from '@metering/core';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const NO_RECORDS = Buffer.from('null');

/**
 * Goes through the JSON of a page record by record, so that it need not be in memory as objects. It
 * only looks for where values end: what is wrong inside one, its parser finds.
 */
export class PageScanner {
  readonly #json: Buffer;
  readonly #key: string;
  #at = 0;
  #list: { readonly start: number; readonly end: number } | undefined;

  /** @param key what the page is stored under, for errors. */
  constructor(json: Buffer, key: string) {
    this.#json = json;
    this.#key = key;
  }

  /** The JSON of each record. @throws FormatError where they are not parted as a list's items are. */
  *records(): Generator<Buffer> {
    if (!this.#take(OPEN_BRACE) || this.#peek() === CLOSE_BRACE) return;
    do {
      const name = this.#value();
      this.#take(COLON);
      const isList = this.#peek() === OPEN_BRACKET && parseJson(name) === 'data';
      if (isList && this.#list === undefined) yield* this.#items();
      else this.#value();
    } while (this.#take(COMMA));
  }

  /** The page with `null` for its records. To be called when there are no more of them. */
  envelope(): JsonValue {
    const { start, end } = this.#list ?? { start: 0, end: 0 };
    const json = this.#json;
    const envelope =
      end === 0 ? json : Buffer.concat([json.subarray(0, start), NO_RECORDS, json.subarray(end)]);
    return parseJson(envelope, { key: this.#key });
  }

  *#items(): Generator<Buffer> {
    const start = this.#at;
    this.#take(OPEN_BRACKET);
    if (this.#peek() !== CLOSE_BRACKET) {
      do yield this.#value();
      while (this.#take(COMMA));
    }
    if (!this.#take(CLOSE_BRACKET)) throw this.#invalid();
    this.#list = { start, end: this.#at };
  }

  /** The bytes of the next value. */
  #value(): Buffer {
    const byte = this.#peek();
    const start = this.#at;
    if (byte === QUOTE) this.#skipString();
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#skipNested();
    else while (!endsValue(this.#json[this.#at])) this.#at += 1;
    if (this.#at === start) throw this.#invalid();
    return this.#json.subarray(start, this.#at);
  }

  #skipNested(): void {
    let depth = 0;
    do {
      const byte = this.#json[this.#at];
      if (byte === QUOTE) {
        this.#skipString();
      } else {
        if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
        else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
        this.#at += 1;
      }
    } while (depth > 0 && this.#at < this.#json.length);
  }

  #skipString(): void {
    this.#at += 1;
    while (this.#at < this.#json.length) {
      const byte = this.#json[this.#at];
      this.#at += byte === BACKSLASH ? 2 : 1;
      if (byte === QUOTE) return;
    }
  }

  /** The next byte that is no white space. */
  #peek(): number | undefined {
    while (isSpace(this.#json[this.#at])) this.#at += 1;
    return this.#json[this.#at];
  }

  /** Goes past the next byte if it is the one. */
  #take(byte: number): boolean {
    if (this.#peek() !== byte) return false;
    this.#at += 1;
    return true;
  }

  #invalid(): FormatError {
    const message = `${this.#key}: invalid JSON at byte ${this.#at}`;
    return new FormatError({ code: 'INVALID_JSON', message, key: this.#key });
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function endsValue(byte: number | undefined): boolean {
  if (byte === undefined || isSpace(byte)) return true;
  return byte === COMMA || byte === COLON || byte === CLOSE_BRACKET || byte === CLOSE_BRACE;
}
