import {
  DEFAULT_SHARED_POOL_ID,
  type Logger,
  type MeteringData,
  type StorageProvider,
  type WrittenPage,
} from '@metering/core';
import { checkMeteringHeader, IssueList, type OptionNames } from '@metering/core/building-blocks';
import { checkOptions, takeOptions } from './check-options.ts';
import { checkSpelling } from './check-spelling.ts';
import type { GzipOptions } from './gzip/gzip-options.ts';
import { EncoderMemory } from './json/byte-sink.ts';
import type { PageSet } from './pages/page-envelope.ts';
import { headerError } from './pages/record-check.ts';
import { SetKeys } from './pages/set-keys.ts';
import { SmallPages } from './pages/small-pages.ts';
import { SetWrite } from './sets/set-write.ts';
import { DEFAULT_COMPRESSION_LEVEL, WRITE_OPTIONS, type WriteOptions } from './write-options.ts';

const DEFAULT_PAGE_SIZE_BYTES = 16 * 1_048_576;
const DEFAULT_CONCURRENCY = 4;

/** Where the pages go, and how they are made. */
export interface MeteringWriterOptions {
  /** Where the pages go. */
  readonly storage: StorageProvider;
  /** The shared pool of data that names none. Default, also for `''`: `default-shared-pool`. */
  readonly sharedPoolId?: string | undefined;
  /**
   * A page ends before the record with which the JSON sizes of its records would be more than this.
   * 0: never, so that a set is one page. Default 16 MiB.
   */
  readonly pageSizeBytes?: number | undefined;
  /** Replace what is stored. Default false: what is stored must say the same. */
  readonly overwrite?: boolean | undefined;
  /**
   * Of gzip, 0 (none) to 9 (smallest). Default 6. With any other level all pages are compressed by zlib.
   */
  readonly compressionLevel?: number | undefined;
  /**
   * `'auto'`: records that are like each other are compressed as they are serialised, which is several
   * times faster and makes files about as small as level 6 does, and so is a page of a record or two; all
   * others by zlib. `'zlib'`: all by zlib. Default `'auto'`. Either way the files are plain gzip of the
   * same JSON.
   */
  readonly compression?: 'auto' | 'zlib' | undefined;
  /** How many pages may be under way at once, from being complete to being stored. Default 4. */
  readonly concurrency?: number | undefined;
  /** Default: nothing is logged. */
  readonly logger?: Logger | undefined;
}

const OPTIONS: OptionNames<MeteringWriterOptions> = {
  storage: true,
  sharedPoolId: true,
  pageSizeBytes: true,
  overwrite: true,
  compressionLevel: true,
  compression: true,
  concurrency: true,
  logger: true,
};

const DATA: OptionNames<MeteringData> = {
  timestamp: true,
  category: true,
  selfId: true,
  sharedPoolId: true,
  data: true,
};

/** What a set of pages came to. */
export interface WriteResult {
  /** The pages of the set, all of them stored, in order. */
  readonly pages: readonly WrittenPage[];
}

/** Writes metering pages, set by set. */
export interface MeteringWriter {
  /**
   * Writes what one instance of a service used in one minute as one set of pages. The last page
   * commits the set. To write the same data again is safe: pages that are there count as written.
   *
   * An array is checked whole before anything is stored; of any other iterable, each record before
   * its page is. The data is not changed.
   *
   * @throws ValidationError for bad data, naming every place; StorageError, such as `ALREADY_EXISTS`
   *   when other data is stored under the set's first key; PartialWriteError when the set is stored
   *   in part; TypeError for bad options; what an iterator throws; the signal's reason.
   */
  write(data: MeteringData, options?: WriteOptions): Promise<WriteResult>;
}

/**
 * Makes a writer of metering pages. One writer serves any number of sets, also at the same time.
 *
 * @throws TypeError for bad options.
 */
export function createMeteringWriter(options: MeteringWriterOptions): MeteringWriter {
  return new PageWriter(takeOptions('createMeteringWriter', options, OPTIONS));
}

class PageWriter implements MeteringWriter {
  readonly #options: MeteringWriterOptions;
  readonly #memory = new EncoderMemory();
  readonly #smallPages = new SmallPages(this.#memory);

  constructor(options: MeteringWriterOptions) {
    this.#options = options;
  }

  async write(data: MeteringData, options: WriteOptions = {}): Promise<WriteResult> {
    checkOptions('write', options, WRITE_OPTIONS);
    const { signal } = options;
    signal?.throwIfAborted();
    const stated = this.#stated(data);
    const issues = new IssueList();
    checkSpelling(data, DATA, issues);
    checkMeteringHeader(stated, issues);
    if (issues.count > 0) throw await headerError(stated, issues, signal);
    const { timestamp, category, sharedPoolId, selfId, data: records } = stated;
    const set = { timestamp, category, sharedPoolId, selfId };
    const write = new SetWrite({
      storage: this.#options.storage,
      set,
      keys: new SetKeys(set),
      overwrite: options.overwrite ?? this.#options.overwrite ?? false,
      pageSizeBytes: this.#options.pageSizeBytes ?? DEFAULT_PAGE_SIZE_BYTES,
      gzip: this.#gzipOptions(),
      concurrency: this.#options.concurrency ?? DEFAULT_CONCURRENCY,
      memory: this.#memory,
      smallPages: this.#smallPages,
      logger: this.#options.logger,
      signal,
    });
    return { pages: await write.run(records) };
  }

  /** Only zlib has levels: of another one than the default its own meaning is asked for. */
  #gzipOptions(): GzipOptions {
    const { compression = 'auto', compressionLevel: level = DEFAULT_COMPRESSION_LEVEL } =
      this.#options;
    return { level, compression: level === DEFAULT_COMPRESSION_LEVEL ? compression : 'zlib' };
  }

  /** What the data says, each member read once: an accessor may say something else each time. With a shared pool. */
  #stated(metered: MeteringData): PageSet & Pick<MeteringData, 'data'> {
    if (typeof metered !== 'object' || metered === null) return metered;
    const { timestamp, category, selfId, sharedPoolId = '', data } = metered;
    const pool =
      sharedPoolId === '' ? this.#options.sharedPoolId || DEFAULT_SHARED_POOL_ID : sharedPoolId;
    return { timestamp, category, sharedPoolId: pool, selfId, data };
  }
}
