import type { PutObjectCommand } from '@aws-sdk/client-s3';
import type { ErrorContext, Observers, StorageBackend } from '@metering/core';
import { reportRetry, toStorageError } from '@metering/core/building-blocks';

/**
 * The attempts of one call, which the SDK makes by itself, and we where it does not. That one failed is
 * told when the next is made: which failure the SDK takes for passing shows no earlier.
 */
export class Attempts {
  readonly #backend: StorageBackend;
  readonly #observers: Observers;
  readonly #context: ErrorContext;
  readonly #check: () => void;
  #made = 0;
  #failure: { readonly error: unknown; readonly at: number } | undefined;

  /** @param check Throws where no attempt may be made any more. */
  constructor(
    backend: StorageBackend,
    observers: Observers,
    context: ErrorContext,
    check: () => void,
  ) {
    this.#backend = backend;
    this.#observers = observers;
    this.#context = context;
    this.#check = check;
  }

  /** Sees to it that each attempt of the SDK at a command counts. */
  watch(command: object): void {
    const { middlewareStack } = command as Pick<PutObjectCommand, 'middlewareStack'>;
    middlewareStack.add((next) => (args) => this.#run(() => next(args)), {
      step: 'finalizeRequest',
      priority: 'low',
      name: 'watchAttempts',
    });
  }

  /** Notes why the last attempt failed, where that shows behind the SDK. */
  failed(error: unknown): void {
    this.#failure = { error, at: performance.now() };
  }

  async #run<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    this.#check();
    if (this.#failure !== undefined) this.#report(this.#failure);
    this.#made += 1;
    try {
      return await attempt();
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  #report({ error, at }: { readonly error: unknown; readonly at: number }): void {
    this.#failure = undefined;
    reportRetry(this.#observers, {
      error: toStorageError(this.#backend, error, this.#context),
      attempt: this.#made,
      delayMs: performance.now() - at,
    });
  }
}
