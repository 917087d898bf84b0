/** Longer strings are rarely seen twice. */
const LONGEST_CACHED = 48;
const SLOTS = 1024;
/** What is not longer is made here in the time that a decoder takes to begin. */
const LONGEST_SHORT = 24;

/** The short strings seen last. Keys and units are the same in every page, so all texts share them. */
const slots: string[] = /* @__PURE__ */ Array.from({ length: SLOTS }, () => '');
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes the strings of one text. Keys, units and ids come again and again, so short ones are looked
 * up by a few of their bytes first; what it returns never keeps the whole text in memory.
 */
export class AsciiStrings {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The text of bytes that are ASCII. */
  get(start: number, end: number): string {
    const length = end - start;
    if (length > LONGEST_CACHED) return this.decode(start, end);
    const slot = this.#slotOf(start, end);
    const cached = slots[slot]!;
    if (cached.length === length && this.#equals(cached, start)) return cached;
    const text = length > LONGEST_SHORT ? this.decode(start, end) : this.#decodeShort(start, end);
    slots[slot] = text;
    return text;
  }

  /**
   * The text of any bytes.
   *
   * @throws TypeError when they are not UTF-8.
   */
  decode(start: number, end: number): string {
    return decoder.decode(this.#bytes.subarray(start, end));
  }

  /** Ids differ at their ends, names in the middle and by their lengths. */
  #slotOf(start: number, end: number): number {
    const bytes = this.#bytes;
    const ends = bytes[end - 1]! * 61 + bytes[end - 2]! * 7;
    const middle = bytes[(start + end) >>> 1]!;
    return (ends + middle * 3 + bytes[start]! + (end - start) * 11) & (SLOTS - 1);
  }

  #equals(text: string, start: number): boolean {
    for (let index = 0; index < text.length; index++) {
      if (text.charCodeAt(index) !== this.#bytes[start + index]) return false;
    }
    return true;
  }

  #decodeShort(start: number, end: number): string {
    const codes = new Array<number>(end - start);
    for (let index = 0; index < codes.length; index++) codes[index] = this.#bytes[start + index]!;
    return String.fromCharCode.apply(null, codes);
  }
}
