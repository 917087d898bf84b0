import type { Fragment } from './fragment-table.ts';

/** The fragments that are longer than one, by what is added to it. What came last is found without a hash. */
export class LongerFragments {
  readonly #fragments = new Map<string, Fragment>();
  #lastText = '';
  #last: Fragment | undefined;

  get(text: string): Fragment | undefined {
    if (text === this.#lastText) return this.#last;
    const fragment = this.#fragments.get(text);
    if (fragment !== undefined) this.#remember(text, fragment);
    return fragment;
  }

  set(text: string, fragment: Fragment): void {
    this.#fragments.set(text, fragment);
    this.#remember(text, fragment);
  }

  #remember(text: string, fragment: Fragment): void {
    this.#lastText = text;
    this.#last = fragment;
  }
}
