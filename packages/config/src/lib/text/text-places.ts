import type { OptionPath, Place } from '../findings.ts';

/** Where the key and the value of something begin in a text. */
export interface Offsets {
  readonly key: number;
  readonly value: number;
}

/** Where the options of a text stand. */
export class TextPlaces {
  readonly #text: string;
  readonly #offsets = new Map<string, Offsets>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Notes where the value at a path stands; the empty path is all of it. */
  set(path: OptionPath, offsets: Offsets): void {
    this.#offsets.set(JSON.stringify(path), offsets);
  }

  /** Where something stands; of what is absent, the key of what it is missing from. */
  place(path: OptionPath, part: 'key' | 'value'): Place {
    const offsets = this.#offsets.get(JSON.stringify(path));
    if (offsets !== undefined) return placeAt(this.#text, offsets[part]);
    return path.length === 0 ? { line: 1, column: 1 } : this.place(path.slice(0, -1), 'key');
  }
}

/** The line and the column of an offset. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return {
    line: before.split('\n').length,
    column: offset - before.lastIndexOf('\n'),
  };
}
