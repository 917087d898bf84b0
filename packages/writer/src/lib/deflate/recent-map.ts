/** A map by text that finds what it gave last without a hash. */
export class RecentMap<Value> {
  readonly #values = new Map<string, Value>();
  #lastText = '';
  #last: Value | undefined;

  get(text: string): Value | undefined {
    if (text === this.#lastText) return this.#last;
    const value = this.#values.get(text);
    if (value !== undefined) this.#remember(text, value);
    return value;
  }

  set(text: string, value: Value): void {
    this.#values.set(text, value);
    this.#remember(text, value);
  }

  #remember(text: string, value: Value): void {
    this.#lastText = text;
    this.#last = value;
  }
}
