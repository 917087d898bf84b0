import { Slots } from '../slots.ts';

/** What failed, at which key. */
export interface Failure {
  readonly key: string;
  readonly error: unknown;
}

/** Runs calls to the store, so many at once, until one fails. */
export class PageTasks {
  readonly #slots: Slots;
  readonly #onFailure: (failure: Failure) => void;
  #all: Promise<void> = Promise.resolve();
  #failure: Failure | undefined;

  constructor(concurrency: number, onFailure: (failure: Failure) => void) {
    this.#slots = new Slots(concurrency);
    this.#onFailure = onFailure;
  }

  /** The first failure. Nothing starts after it; what runs already goes on to its end. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /**
   * Waits for room, then starts a task, or lets it wait until all before it are done.
   *
   * @throws the first failure's error.
   */
  async start(key: string, task: () => Promise<void>, order: 'at once' | 'in turn'): Promise<void> {
    await this.#slots.take();
    const before = this.#all;
    const turn = order === 'in turn' ? before : Promise.resolve();
    const run = turn.then(() => this.#attempt(key, task)).finally(() => this.#slots.giveBack());
    this.#all = run.then(() => before);
    this.#throwFailure();
  }

  /** Waits for all that was started. */
  settle(): Promise<void> {
    return this.#all;
  }

  /** Waits for all that was started. @throws the first failure's error. */
  async finish(): Promise<void> {
    await this.settle();
    this.#throwFailure();
  }

  async #attempt(key: string, task: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await task();
    } catch (error) {
      this.#failure ??= { key, error };
      this.#onFailure(this.#failure);
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
