/** Longer strings are rarely seen twice. */
const LONGEST_CACHED = 48;
const SLOTS = 512;

/**
 * Decodes the strings of one text. Keys, units and ids come again and again, so short ones are looked
 * up by a hash of their bytes first; what it returns never keeps the whole text in memory.
 */
export class AsciiStrings {
  readonly #bytes: Uint8Array;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #slots: string[] = new Array<string>(SLOTS).fill('');

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The text of bytes that are ASCII, with a hash of them. */
  get(start: number, end: number, hash: number): string {
    const length = end - start;
    if (length > LONGEST_CACHED) return this.#decoder.decode(this.#bytes.subarray(start, end));
    const slot = (hash ^ (hash >>> 9)) & (SLOTS - 1);
    const cached = this.#slots[slot]!;
    if (cached.length === length && this.#equals(cached, start)) return cached;
    const text = this.#decodeShort(start, end);
    this.#slots[slot] = text;
    return text;
  }

  /**
   * The text of any bytes.
   *
   * @throws TypeError when they are not UTF-8.
   */
  decode(start: number, end: number): string {
    return start === end ? '' : this.#decoder.decode(this.#bytes.subarray(start, end));
  }

  #equals(text: string, start: number): boolean {
    for (let index = 0; index < text.length; index++) {
      if (text.charCodeAt(index) !== this.#bytes[start + index]) return false;
    }
    return true;
  }

  #decodeShort(start: number, end: number): string {
    return String.fromCharCode.apply(null, this.#bytes.subarray(start, end) as unknown as number[]);
  }
}
