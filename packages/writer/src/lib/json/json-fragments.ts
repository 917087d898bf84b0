/** A longer text is rarely a name or a unit. */
const LONGEST_KEPT = 64;
/** So that data with ever new names cannot fill the memory. */
const MOST_KEPT = 4096;

/** A piece of JSON as 32-bit little-endian words, to be copied four bytes at a time. */
export interface Fragment {
  readonly words: Uint32Array;
  /** In bytes; the last word may have some to spare. */
  readonly length: number;
}

/** A piece of JSON that never changes. */
export function fragment(json: string): Fragment {
  const bytes = Buffer.from(json);
  const words = new Uint32Array(Math.ceil(bytes.length / 4));
  const view = new DataView(Uint8Array.from([...bytes, 0, 0, 0]).buffer);
  for (let index = 0; index < words.length; index++) {
    words[index] = view.getUint32(index * 4, true);
  }
  return { words, length: bytes.length };
}

/** Names and units come again and again: each one's JSON, with what stands around it, is made once. */
export class JsonFragments {
  readonly #before: string;
  readonly #after: string;
  readonly #fragments = new Map<string, Fragment>();

  constructor(around: { readonly before: string; readonly after: string }) {
    this.#before = around.before;
    this.#after = around.after;
  }

  /** The fragment of a text, or undefined for one that is not kept: long, one too many or ill-formed. */
  get(text: string): Fragment | undefined {
    return this.#fragments.get(text) ?? this.#add(text);
  }

  #add(text: string): Fragment | undefined {
    if (text.length > LONGEST_KEPT || this.#fragments.size >= MOST_KEPT || !text.isWellFormed()) {
      return undefined;
    }
    const made = fragment(`${this.#before}${JSON.stringify(text)}${this.#after}`);
    this.#fragments.set(text, made);
    return made;
  }
}
