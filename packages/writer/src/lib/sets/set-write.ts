import {
  isMeteringError,
  isStorageError,
  type Logger,
  PartialWriteError,
  type StorageProvider,
  type WrittenPage,
} from '@metering/core';
import { abortable, messageOf } from '@metering/core/building-blocks';
import type { GzipOptions } from '../gzip/gzip-options.ts';
import type { EncoderMemory } from '../json/byte-sink.ts';
import type { PageSet } from '../pages/page-envelope.ts';
import { PageSource } from '../pages/page-source.ts';
import { recordsError, UnencodableRecords } from '../pages/record-check.ts';
import type { SetKeys } from '../pages/set-keys.ts';
import type { SmallPages } from '../pages/small-pages.ts';
import { CreateSet } from './create-set.ts';
import { OverwriteSet } from './overwrite-set.ts';
import { type Failure, PageTasks } from './page-tasks.ts';
import type { SetStore } from './set-store.ts';

type Records = Iterable<unknown> | AsyncIterable<unknown>;

export interface SetWriteOptions {
  readonly storage: StorageProvider;
  readonly set: PageSet;
  readonly keys: SetKeys;
  readonly overwrite: boolean;
  readonly pageSizeBytes: number;
  readonly gzip: GzipOptions;
  readonly concurrency: number;
  readonly memory: EncoderMemory;
  readonly smallPages: SmallPages;
  readonly logger: Logger | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The writing of one set: pages are made ahead of their being stored, within a limit. */
export class SetWrite {
  readonly #options: SetWriteOptions;
  readonly #tasks: PageTasks;
  readonly #stored: WrittenPage[] = [];
  /** Ends the making of pages: the caller's abort, or a failure to store one. */
  #stop: AbortController | undefined;
  #deleted = 0;

  constructor(options: SetWriteOptions) {
    this.#options = options;
    this.#tasks = new PageTasks(options.concurrency, ({ error }) => this.#stop?.abort(error));
  }

  /** Writes the records and gives the pages, in order; rejects at once when the signal is aborted. */
  async run(records: Records): Promise<WrittenPage[]> {
    const { signal } = this.#options;
    try {
      return await abortable(this.#run(records), signal);
    } catch (error) {
      if (error instanceof UnencodableRecords) throw await recordsError(error, signal);
      throw error;
    } finally {
      // Where nothing was aborted, nothing goes on.
      if (signal?.aborted) this.#stop?.abort(signal.reason);
    }
  }

  /** Makes and stores pages. Those that are complete before the making of one fails are stored. */
  async #run(records: Records): Promise<WrittenPage[]> {
    const unmade = await this.#addPages(records, this.#newStore());
    await this.#tasks.settle();
    const failure = this.#tasks.failure ?? unmade;
    if (failure !== undefined) throw this.#errorOf(failure);
    const { logger, keys } = this.#options;
    const pages = this.#storedInOrder();
    logger?.info({ set: keys.prefix, pages: pages.length }, 'Wrote a set of metering pages');
    return pages;
  }

  #addPages(records: Records, store: SetStore): Promise<Failure | undefined> {
    const only = this.#options.smallPages.onlyPage(records, this.#options);
    if (only !== undefined) return this.#failureOf(only, store.addOnly(only));
    const source = this.#newSource(records);
    return this.#failureOf(source, addAll(source, store));
  }

  /** What fails, if anything does, at the part that is then in the making. */
  #failureOf(at: { readonly part: number }, adding: Promise<void>): Promise<Failure | undefined> {
    return adding.then(
      () => undefined,
      (error) => ({ key: this.#options.keys.text(at.part), error }),
    );
  }

  #newSource(records: Records): PageSource {
    this.#stop = new AbortController();
    return new PageSource(records, { ...this.#options, signal: this.#stop.signal });
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
    // What is there may be another writer's whole set, and says itself what to do.
    const isConflict = isStorageError(error, 'ALREADY_EXISTS');
    const advice = isConflict ? '' : '; the set is incomplete until it is written again';
    return new PartialWriteError({
      message: `${key}: failed with ${done}${pages.length} pages of the set stored: ${messageOf(error)}${advice}`,
      pages,
      failedKey: key,
      retryable: isMeteringError(error) && error.retryable,
      cause: error,
    });
  }
}

async function addAll(source: PageSource, store: SetStore): Promise<void> {
  for await (const page of source.pages()) await store.add(page);
}
