/** How many keys are remembered, so that memory stays bounded: every minute brings new folders. */
const MAX_REMEMBERED = 1000;

/** Runs something once for each key, however many ask for it at once. What failed is run again. */
export class OncePerKey<Result> {
  readonly #run: (key: string) => Promise<Result>;
  readonly #results = new Map<string, Promise<Result>>();

  constructor(run: (key: string) => Promise<Result>) {
    this.#run = run;
  }

  /** The result for the key. It may be run again for one that was asked for long ago. */
  get(key: string): Promise<Result> {
    const known = this.#results.get(key);
    if (known !== undefined) return known;
    const result = this.#run(key);
    if (this.#results.size >= MAX_REMEMBERED) this.#results.clear();
    this.#results.set(key, result);
    result.catch(() => this.#results.delete(key));
    return result;
  }

  /** Runs it again for every key. */
  clear(): void {
    this.#results.clear();
  }
}
