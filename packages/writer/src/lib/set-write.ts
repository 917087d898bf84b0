import {
  abortable,
  isMeteringError,
  type Logger,
  PartialWriteError,
  type StorageProvider,
  type WrittenPage,
} from '@metering/core';
import type { EncoderMemory } from './byte-sink.ts';
import { CreateSet } from './create-set.ts';
import { OverwriteSet } from './overwrite-set.ts';
import type { Compression } from './page-encoder.ts';
import type { PageSet } from './page-envelope.ts';
import { PageSource } from './page-source.ts';
import { type Failure, PageTasks } from './page-tasks.ts';
import type { SetKeys } from './set-keys.ts';
import type { SetStore } from './set-store.ts';

type Records = Iterable<unknown> | AsyncIterable<unknown>;

export interface SetWriteOptions {
  readonly storage: StorageProvider;
  readonly set: PageSet;
  readonly keys: SetKeys;
  readonly overwrite: boolean;
  readonly pageSizeBytes: number;
  readonly compression: Compression;
  readonly compressionLevel: number;
  readonly concurrency: number;
  readonly memory: EncoderMemory;
  readonly logger: Logger | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The writing of one set: pages are made ahead of their being stored, within a limit. */
export class SetWrite {
  readonly #options: SetWriteOptions;
  readonly #tasks: PageTasks;
  readonly #stored: WrittenPage[] = [];
  /** Ends the making of pages: the caller's abort, or a failure to store one. */
  readonly #stop = new AbortController();
  #deleted = 0;

  constructor(options: SetWriteOptions) {
    this.#options = options;
    this.#tasks = new PageTasks(options.concurrency, ({ error }) => this.#stop.abort(error));
  }

  /** Writes the records and gives the pages, in order; rejects at once when the signal is aborted. */
  async run(records: Records): Promise<WrittenPage[]> {
    const { signal } = this.#options;
    try {
      return await abortable(this.#run(records), signal);
    } finally {
      // Does nothing where all is done; else it ends what goes on behind an abort.
      this.#stop.abort(signal?.reason);
    }
  }

  async #run(records: Records): Promise<WrittenPage[]> {
    const failure = await this.#write(records);
    if (failure !== undefined) throw this.#errorOf(failure);
    const { logger, keys } = this.#options;
    const pages = this.#storedInOrder();
    logger?.info({ set: keys.prefix, pages: pages.length }, 'Wrote a set of metering pages');
    return pages;
  }

  /** Makes and stores pages. Those that are complete before the making of one fails are stored. */
  async #write(records: Records): Promise<Failure | undefined> {
    const source = new PageSource(records, { ...this.#options, signal: this.#stop.signal });
    const store = this.#newStore();
    let failure: Failure | undefined;
    try {
      for await (const page of source.pages()) await store.add(page);
    } catch (error) {
      failure = { key: this.#options.keys.text(source.part), error };
    }
    await this.#tasks.settle();
    return this.#tasks.failure ?? failure;
  }

  #newStore(): SetStore {
    const { storage, keys, overwrite, signal } = this.#options;
    const options = {
      storage,
      keys,
      tasks: this.#tasks,
      call: { signal },
      onStored: (page: WrittenPage) => this.#noteStored(page),
      onDeleted: (key: string) => this.#noteDeleted(key),
    };
    return overwrite ? new OverwriteSet(options) : new CreateSet(options);
  }

  #noteStored(page: WrittenPage): void {
    this.#stored.push(page);
    this.#options.logger?.debug({ ...page }, 'Stored a metering page');
  }

  #noteDeleted(key: string): void {
    this.#deleted += 1;
    this.#options.logger?.debug({ key }, 'Deleted a metering page that is to be replaced');
  }

  #storedInOrder(): WrittenPage[] {
    return this.#stored.toSorted((a, b) => a.part - b.part);
  }

  #errorOf({ key, error }: Failure): unknown {
    const { signal, logger, keys } = this.#options;
    if (signal?.aborted) return signal.reason;
    if (this.#stored.length === 0 && this.#deleted === 0) return error;
    const pages = this.#storedInOrder();
    logger?.warn(
      { set: keys.prefix, pages: pages.length, key, err: error },
      'A set of metering pages is stored in part',
    );
    const done = this.#deleted === 0 ? '' : `${this.#deleted} of the old pages deleted and `;
    const why = error instanceof Error ? error.message : String(error);
    return new PartialWriteError({
      message: `${key}: failed with ${done}${pages.length} pages of the set stored: ${why}; the set is incomplete until it is written again`,
      pages,
      failedKey: key,
      retryable: isMeteringError(error) && error.retryable,
      cause: error,
    });
  }
}
