import { constants } from 'node:buffer';
import {
  type CallOptions,
  type Observers,
  parseMeteringKey,
  type StorageProvider,
} from '@metering/core';
import {
  checkFunction,
  checkObservers,
  compareUtf8,
  describeValue,
  MAX_JSON_BYTES,
  type OptionNames,
} from '@metering/core/building-blocks';
import { fetchFile } from './fetch-file.ts';
import { invalidInput } from './invalid-input.ts';
import type { MeteringPage } from './pages/decode-page.ts';
import { listedSets } from './pages/listed-sets.ts';
import {
  checkPageQuery,
  type ListedPage,
  listPages,
  type PageInfo,
  type PageQuery,
  type SkippedKey,
} from './pages/page-listing.ts';
import { readPage } from './pages/read-page.ts';
import { whyNoPage } from './pages/why-no-page.ts';
import type { FollowQuery } from './ranges/follow/follow-query.ts';
import { type Following, follow } from './ranges/follow/following.ts';
import { type Gap, gapsOfRange } from './ranges/gaps.ts';
import { judgedRange } from './ranges/judged-range.ts';
import type { PageSet } from './ranges/page-set.ts';
import type { RangeContext } from './ranges/range-context.ts';
import type { RangeQuery } from './ranges/range-query.ts';
import { type RangeRecord, recordsOfRange } from './ranges/records.ts';
import { scanRange } from './ranges/scan.ts';
import type { Totals, TotalsQuery } from './ranges/totals/totals.ts';
import { totalsOfRange } from './ranges/totals/totals-of-range.ts';
import { readAhead } from './read-ahead.ts';
import { checkCallOptions, checkInteger, requireStorage } from './reader-options.ts';

const DEFAULT_CONCURRENCY = 4;

/**
 * Where the pages are, and the bounds of reading them. The logger gets a warning for each key that is
 * skipped and each set that is left out; it and `onEvent` are told of what `follow` tries again.
 */
export interface MeteringReaderOptions extends Observers {
  readonly storage: StorageProvider;
  /** How many files are read at once, ahead of what is taken. Default 4. */
  readonly concurrency?: number | undefined;
  /** A page of more JSON than this is refused. In bytes; default 100 MiB. */
  readonly maxPageBytes?: number | undefined;
  /** Told of every key among the pages' that is no page's: a skipped page is lost usage. */
  readonly onSkipped?: ((skipped: SkippedKey) => void) | undefined;
}

const OPTIONS: OptionNames<MeteringReaderOptions> = {
  storage: true,
  concurrency: true,
  maxPageBytes: true,
  onSkipped: true,
  logger: true,
  onEvent: true,
};

/** What came of one of many pages. */
export type ReadResult =
  | { readonly ok: true; readonly key: string; readonly page: MeteringPage }
  | { readonly ok: false; readonly key: string; readonly error: unknown };

/** A page by its key, or as a listing gave it. */
export type PageReference = string | { readonly key: string };

/** Lists and reads the metering pages of a storage. */
export interface MeteringReader {
  /**
   * The pages of one minute, lazily, set by set in the order of their keys, and by number in a set.
   *
   * @throws ValidationError, at the first step, for a query that breaks the rules.
   */
  list(query: PageQuery, options?: CallOptions): AsyncIterable<PageInfo>;
  /**
   * The categories that have a page at a minute, in ascending order of their UTF-8 bytes.
   *
   * @param timestamp Unix seconds, divisible by 60.
   */
  categories(timestamp: number, options?: CallOptions): Promise<string[]>;
  /**
   * One page, in one request.
   *
   * @throws ValidationError for a key that is no page's; StorageError `NOT_FOUND`; FormatError for a
   *   file that is damaged, too large, no page, or contradicts its key.
   */
  read(page: PageReference, options?: CallOptions): Promise<MeteringPage>;
  /**
   * Many pages, `concurrency` at a time: each result as soon as it is there, whether it succeeded or
   * not. So the order is not that of the keys. Stopping the loop stops the reading.
   */
  readMany(
    pages: Iterable<PageReference> | AsyncIterable<PageReference>,
    options?: CallOptions,
  ): AsyncIterable<ReadResult>;
  /**
   * The pages of a range with their records: in the order of time, in a minute in that of their keys, in a
   * set by number. Some are read ahead; memory stays within them, however long the range.
   *
   * @throws ValidationError, at the first step, for a query that breaks the rules; FormatError
   *   `INCOMPLETE_SET` before the first page of a set that is not whole; what `read` throws.
   */
  scan(range: RangeQuery, options?: CallOptions): AsyncIterable<MeteringPage>;
  /**
   * The records of a range one by one, in the order of `scan`; no page of more than 32 KB is in memory whole. Throws as
   * `scan`: what is wrong with such a page behind some of its records, after these.
   */
  records(range: RangeQuery, options?: CallOptions): AsyncIterable<RangeRecord>;
  /**
   * What a range adds up to, exactly: a row for each metric and unit, by cluster, category, time, … if asked for.
   * Two units are never added. Memory grows with the number of rows. Throws as `scan`.
   */
  totals(range: TotalsQuery, options?: CallOptions): Promise<Totals>;
  /**
   * The sets of a range, in order, and of each whether it is whole and what is missing. Every file is fetched,
   * as only its content tells, but no more is read of it than what stands before its records. `incomplete`
   * makes no difference.
   *
   * @throws ValidationError, at the first step, for a query that breaks the rules; what `read` throws.
   */
  sets(range: RangeQuery, options?: CallOptions): AsyncIterable<PageSet>;
  /**
   * Who was silent when, and which sets are incomplete, of the writers that are seen in the range. A gap is given
   * when it ends; those that last until the range does come at the end, by writer. Memory grows with the
   * number of writers. With `incomplete: 'include'` an incomplete set counts as there; then nothing is
   * fetched, only listed.
   *
   * @throws ValidationError, at the first step, for a query that breaks the rules; what `read` throws.
   */
  gaps(range: RangeQuery, options?: CallOptions): AsyncIterable<Gap>;
  /**
   * The pages that are written from a time on, without an end: each set once, when it is whole or
   * `settleSeconds` after its minute, also if it comes late. While the storage fails in a way that may pass it
   * waits and goes on. `checkpoint()` of what it gives says how far it has come.
   *
   * @throws ValidationError, at the first step, for a query that breaks the rules; FormatError
   *   `INCOMPLETE_SET`; any error that cannot pass; the signal's reason.
   */
  follow(query: FollowQuery, options?: CallOptions): Following;
}

/**
 * Reads the metering pages of a storage.
 *
 * @throws TypeError for options that make no sense.
 */
export function createMeteringReader(options: MeteringReaderOptions): MeteringReader {
  return new StorageMeteringReader(options);
}

class StorageMeteringReader implements MeteringReader {
  readonly #context: RangeContext;

  constructor(options: MeteringReaderOptions) {
    requireStorage('createMeteringReader', options, OPTIONS);
    const { concurrency = DEFAULT_CONCURRENCY, maxPageBytes = MAX_JSON_BYTES } = options;
    const { storage, logger, onEvent, onSkipped } = options;
    checkInteger('createMeteringReader: concurrency', concurrency, 1);
    checkInteger('createMeteringReader: maxPageBytes', maxPageBytes, 1, constants.MAX_LENGTH);
    checkFunction('createMeteringReader: onSkipped', onSkipped);
    checkObservers('createMeteringReader', options);
    const noteSkipped = (skipped: SkippedKey) => {
      logger?.warn({ ...skipped }, 'Skipped a key that is no metering page');
      onSkipped?.(skipped);
    };
    this.#context = {
      storage,
      concurrency,
      maxPageBytes,
      logger,
      onEvent,
      onSkipped: noteSkipped,
    };
  }

  async *list(query: PageQuery, options: CallOptions = {}): AsyncGenerator<PageInfo> {
    checkCallOptions('list', options);
    for await (const { pages } of listedSets(this.#listed(query, options))) {
      for (const { page } of pages) {
        // A set was listed before its first page is given.
        options.signal?.throwIfAborted();
        yield page;
      }
    }
  }

  async categories(timestamp: number, options: CallOptions = {}): Promise<string[]> {
    checkCallOptions('categories', options);
    const categories = new Set<string>();
    for await (const { page } of this.#listed({ timestamp }, options))
      categories.add(page.category);
    return [...categories].sort(compareUtf8);
  }

  async read(reference: PageReference, options: CallOptions = {}): Promise<MeteringPage> {
    checkCallOptions('read', options);
    const { signal } = options;
    const key = keyOf(reference);
    const meant = parseMeteringKey(key);
    if (meant === undefined) throw invalidKey(key);
    const { storage, maxPageBytes } = this.#context;
    const page = { key, meant, maxBytes: maxPageBytes, limitedBy: 'maxPageBytes', signal };
    return readPage(await fetchFile(storage, page), page);
  }

  async *readMany(
    pages: Iterable<PageReference> | AsyncIterable<PageReference>,
    options: CallOptions = {},
  ): AsyncGenerator<ReadResult> {
    checkCallOptions('readMany', options);
    checkIterable(pages);
    yield* readAhead(pages, {
      limit: this.#context.concurrency,
      run: (page, stopping) => this.#outcome(page, stopping),
      signal: options.signal,
    });
  }

  scan(range: RangeQuery, options: CallOptions = {}): AsyncGenerator<MeteringPage> {
    return scanRange(this.#context, range, options);
  }

  records(range: RangeQuery, options: CallOptions = {}): AsyncIterable<RangeRecord> {
    return recordsOfRange(this.#context, range, options);
  }

  totals(range: TotalsQuery, options: CallOptions = {}): Promise<Totals> {
    return totalsOfRange(this.#context, range, options);
  }

  sets(range: RangeQuery, options: CallOptions = {}): AsyncGenerator<PageSet> {
    return judgedRange(this.#context, range, options);
  }

  gaps(range: RangeQuery, options: CallOptions = {}): AsyncGenerator<Gap> {
    return gapsOfRange(this.#context, range, options);
  }

  follow(query: FollowQuery, options: CallOptions = {}): Following {
    return follow(this.#context, query, options);
  }

  #listed(query: PageQuery, options: CallOptions): AsyncGenerator<ListedPage> {
    checkPageQuery(query);
    return listPages(this.#context.storage, query, this.#context.onSkipped, options);
  }

  async #outcome(page: PageReference, signal: AbortSignal): Promise<ReadResult> {
    const key = keyOf(page);
    try {
      return { ok: true, key, page: await this.read(page, { signal }) };
    } catch (error) {
      return { ok: false, key, error };
    }
  }
}

/** What is no reference at all, as a message may show it: it is no page's key either. */
function keyOf(page: PageReference): string {
  if (typeof page === 'string') return page;
  const key: unknown = (page as { key?: unknown } | null | undefined)?.key;
  return typeof key === 'string' ? key : describeValue(page);
}

function invalidKey(key: string): Error {
  const message = `must be the key of a page, got ${JSON.stringify(key)}: ${whyNoPage(key)}`;
  return invalidInput('Cannot read the page', 'key', message);
}

function checkIterable(pages: unknown): void {
  if (typeof pages === 'object' && pages !== null) {
    if (Symbol.iterator in pages || Symbol.asyncIterator in pages) return;
  }
  const message = `must be an iterable or async iterable of keys, got ${describeValue(pages)}`;
  throw invalidInput('Cannot read the pages', 'pages', message);
}
