import { constants } from 'node:buffer';
import {
  type CallOptions,
  compareUtf8,
  describeValue,
  type Logger,
  parseMeteringKey,
  type StorageProvider,
} from '@metering/core';
import { fetchFile } from '../fetch-file.ts';
import { gunzip } from '../gunzip.ts';
import { invalidInput } from '../invalid-input.ts';
import { readAhead } from '../read-ahead.ts';
import { checkFunction, checkInteger, checkLogger, requireStorage } from '../reader-options.ts';
import { decodePage, type MeteringPage } from './decode-page.ts';
import {
  checkPageQuery,
  inPartOrder,
  listPages,
  type PageInfo,
  type PageQuery,
  type SkippedKey,
} from './page-listing.ts';
import { whyNoPage } from './why-no-page.ts';

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_MAX_PAGE_BYTES = 100 * 1024 * 1024;

export interface MeteringReaderOptions {
  readonly storage: StorageProvider;
  /** How many pages `readMany` reads at once, which is how many it holds. Default 4. */
  readonly concurrency?: number | undefined;
  /** A page of more JSON than this is refused. In bytes; default 100 MiB. */
  readonly maxPageBytes?: number | undefined;
  /** Told of every key among the pages' that is no page's: a skipped page is lost usage. */
  readonly onSkipped?: ((skipped: SkippedKey) => void) | undefined;
  /** Gets a warning for each skipped key. */
  readonly logger?: Logger | undefined;
}

/** What came of one of many pages. */
export type ReadResult =
  | { readonly ok: true; readonly key: string; readonly page: MeteringPage }
  | { readonly ok: false; readonly key: string; readonly error: unknown };

/** A page by its key, or as a listing gave it. */
export type PageReference = string | { readonly key: string };

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
  readonly #storage: StorageProvider;
  readonly #concurrency: number;
  readonly #maxPageBytes: number;
  readonly #options: MeteringReaderOptions;

  constructor(options: MeteringReaderOptions) {
    requireStorage('createMeteringReader', options);
    const { concurrency = DEFAULT_CONCURRENCY, maxPageBytes = DEFAULT_MAX_PAGE_BYTES } = options;
    checkInteger('createMeteringReader: concurrency', concurrency, 1);
    checkInteger('createMeteringReader: maxPageBytes', maxPageBytes, 1, constants.MAX_LENGTH);
    checkFunction('createMeteringReader: onSkipped', options.onSkipped);
    checkLogger('createMeteringReader: logger', options.logger);
    this.#storage = options.storage;
    this.#concurrency = concurrency;
    this.#maxPageBytes = maxPageBytes;
    this.#options = options;
  }

  async *list(query: PageQuery, options: CallOptions = {}): AsyncGenerator<PageInfo> {
    for await (const page of inPartOrder(this.#pages(query, options))) {
      // A set was listed before its first page is given.
      options.signal?.throwIfAborted();
      yield page;
    }
  }

  async categories(timestamp: number, options: CallOptions = {}): Promise<string[]> {
    const categories = new Set<string>();
    for await (const page of this.#pages({ timestamp }, options)) categories.add(page.category);
    return [...categories].sort(compareUtf8);
  }

  async read(page: PageReference, { signal }: CallOptions = {}): Promise<MeteringPage> {
    const key = keyOf(page);
    const meant = parseMeteringKey(key);
    if (meant === undefined) throw invalidKey(key);
    const limits = { key, maxBytes: this.#maxPageBytes, signal };
    const file = await fetchFile(this.#storage, limits);
    return decodePage(await gunzip(file, limits), key, meant);
  }

  async *readMany(
    pages: Iterable<PageReference> | AsyncIterable<PageReference>,
    { signal }: CallOptions = {},
  ): AsyncGenerator<ReadResult> {
    checkIterable(pages);
    yield* readAhead(pages, {
      limit: this.#concurrency,
      run: (page, stopping) => this.#outcome(page, stopping),
      signal,
    });
  }

  async *#pages(query: PageQuery, options: CallOptions): AsyncGenerator<PageInfo> {
    checkPageQuery(query);
    yield* listPages(this.#storage, query, (skipped) => this.#skip(skipped), options);
  }

  #skip(skipped: SkippedKey): void {
    this.#options.logger?.warn({ ...skipped }, 'Skipped a key that is no metering page');
    this.#options.onSkipped?.(skipped);
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
