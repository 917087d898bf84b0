import { abortable } from '@metering/core/building-blocks';

/** What gives items; a function is told by the signal when no more of them are wanted. */
export type Items<Item> =
  | Iterable<Item>
  | AsyncIterable<Item>
  | ((stopping: AbortSignal) => Iterable<Item> | AsyncIterable<Item>);

export interface ReadAheadOptions<Item, Result> {
  /** How many items may be under way or waiting to be taken. */
  readonly limit: number;
  /** Does the work for one item. */
  readonly run: (item: Item, signal: AbortSignal) => Promise<Result>;
  /** Give the results in the order of the items: what is slow holds up what comes after it. Default false. */
  readonly inOrder?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Works through items, some at a time, and gives each result as soon as it is there: a slow item
 * holds up no other one. Of several results that are there, the first item's comes first. Items are
 * taken as there is room for them. When the consumer stops, so does all that is under way.
 *
 * A failure of the source, or of `run`, is thrown after the results of what was begun before.
 */
export async function* readAhead<Item, Result>(
  items: Items<Item>,
  options: ReadAheadOptions<Item, Result>,
): AsyncGenerator<Result> {
  const { signal } = options;
  signal?.throwIfAborted();
  const work = new Work(items, options);
  const onAbort = () => work.stop(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    work.fill();
    for (;;) {
      const finished = work.takeFinished();
      if (finished !== undefined) yield finished.result;
      else if (work.isOver()) return work.throwIfFailed();
      else await abortable(work.progress(), signal);
      signal?.throwIfAborted();
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    work.stop();
  }
}

/** One item's place: filled when the work is done. */
interface Slot<Result> {
  done: { readonly result: Result } | undefined;
}

class Work<Item, Result> {
  readonly #source: Iterator<Item> | AsyncIterator<Item>;
  readonly #options: ReadAheadOptions<Item, Result>;
  readonly #stopping = new AbortController();
  /** In the order of the items. */
  #slots: Slot<Result>[] = [];
  #taking = false;
  #exhausted = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};

  constructor(items: Items<Item>, options: ReadAheadOptions<Item, Result>) {
    const source = typeof items === 'function' ? items(this.#stopping.signal) : items;
    this.#source =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
    this.#options = options;
  }

  /** Takes items as long as there is room for them. */
  fill(): void {
    if (this.#taking || this.#isEnding() || this.#slots.length >= this.#options.limit) return;
    this.#taking = true;
    this.#take().catch((error: unknown) => {
      this.#exhausted = true;
      this.#fail(error);
    });
  }

  takeFinished(): { readonly result: Result } | undefined {
    const index = this.#indexOfFinished();
    if (index < 0) return undefined;
    const [slot] = this.#slots.splice(index, 1);
    this.fill();
    return slot?.done;
  }

  #indexOfFinished(): number {
    if (!this.#options.inOrder) return this.#slots.findIndex((slot) => slot.done !== undefined);
    return this.#slots[0]?.done === undefined ? -1 : 0;
  }

  /** True when no result will come any more. */
  isOver(): boolean {
    return this.#isEnding() && this.#slots.length === 0;
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Settles at the next change. Nothing can change between looking and calling this. */
  progress(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  stop(reason?: unknown): void {
    // To abort a signal that nothing listens to any more costs as much as to read a small page.
    if (this.#exhausted && this.#slots.length === 0) return;
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort(reason);
    if (this.#exhausted) return;
    this.#exhausted = true;
    // Not awaited: a source that hangs in its last step must not hold up an abort.
    this.#closeSource().catch(() => undefined);
  }

  async #closeSource(): Promise<void> {
    await this.#source.return?.();
  }

  /** True when nothing more is begun. After a failure of `run` the source is still to be closed. */
  #isEnding(): boolean {
    return this.#exhausted || this.#failure !== undefined;
  }

  async #take(): Promise<void> {
    const next = await this.#source.next();
    this.#taking = false;
    if (next.done) this.#exhausted = true;
    else if (!this.#isEnding()) this.#begin(next.value);
    this.fill();
    this.#wake();
  }

  #begin(item: Item): void {
    const slot: Slot<Result> = { done: undefined };
    this.#slots.push(slot);
    this.#options.run(item, this.#stopping.signal).then(
      (result) => {
        slot.done = { result };
        this.#wake();
      },
      (error: unknown) => {
        this.#slots = this.#slots.filter((other) => other !== slot);
        this.#fail(error);
      },
    );
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }
}
