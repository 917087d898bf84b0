/**
 * The items of batches, one at a time. What an async generator does, but an item that is there already costs no
 * detour through the generator: with records by the million that is most of the time.
 */
export class OneByOne<Item> implements AsyncIterableIterator<Item> {
  readonly #batches: AsyncGenerator<readonly Item[]>;
  readonly #signal: AbortSignal | undefined;
  #batch: readonly Item[] = [];
  #index = 0;
  /** The last of the steps that wait for a batch: calls are answered in their order. */
  #waiting: Promise<unknown> | undefined;

  /** @param signal Once it is aborted nothing is given any more; `batches` rejects. */
  constructor(batches: AsyncGenerator<readonly Item[]>, signal: AbortSignal | undefined) {
    this.#batches = batches;
    this.#signal = signal;
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (this.#waiting === undefined && this.#index < this.#batch.length && !this.#signal?.aborted) {
      return Promise.resolve({ done: false, value: this.#batch[this.#index++] as Item });
    }
    const step = (this.#waiting ?? Promise.resolve()).then(() => this.#step());
    this.#wait(step);
    return step;
  }

  async return(): Promise<IteratorResult<Item, undefined>> {
    this.#batch = [];
    await this.#batches.return(undefined);
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #step(): Promise<IteratorResult<Item, undefined>> {
    if (this.#index >= this.#batch.length || this.#signal?.aborted) {
      this.#batch = [];
      const next = await this.#batches.next();
      if (next.done) return { done: true, value: undefined };
      this.#batch = next.value;
      this.#index = 0;
    }
    return { done: false, value: this.#batch[this.#index++] as Item };
  }

  /** What is asked for from now on comes after a step, whether that succeeds or not. */
  #wait(step: Promise<unknown>): void {
    const forget = () => {
      if (this.#waiting === settled) this.#waiting = undefined;
    };
    const settled: Promise<void> = step.then(forget, forget);
    this.#waiting = settled;
  }
}
