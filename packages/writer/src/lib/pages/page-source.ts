import { GzipMember } from '../gzip/gzip-member.ts';
import type { GzipOptions } from '../gzip/gzip-options.ts';
import { PageMemory } from '../gzip/page-memory.ts';
import type { EncoderMemory } from '../json/byte-sink.ts';
import { OversizedError } from '../json/json-bytes.ts';
import { UnencodableError } from '../json/json-sink.ts';
import { RecordEncoder } from '../json/record-encoder.ts';
import { recordTooLarge } from '../page-limit.ts';
import { TimeSlices } from '../time-slices.ts';
import { PageEncoder, type Slab } from './page-encoder.ts';
import { PAGE_END, type PageSet } from './page-envelope.ts';
import { Pagination } from './pagination.ts';
import { recordsError, UnencodableRecords } from './record-check.ts';
import { type RecordSource, recordSource } from './record-source.ts';
import type { SetKeys } from './set-keys.ts';

/** So much of an array is made into pages before what is left of it is checked, at the least. */
const AHEAD_BYTES = 64 * 1_048_576;
/** What a page takes in memory besides its records. */
const PAGE_BYTES = 4096;

/** A page that is complete; its bytes may still be in the making. */
export interface Page {
  readonly key: string;
  readonly part: number;
  readonly records: number;
  /** The size of the records' JSON. */
  readonly recordBytes: number;
  readonly isLast: boolean;
  /** The object to store. */
  readonly body: Promise<Uint8Array>;
  /** Takes the memory of the body back. To be called when it is stored, and by then nobody's. */
  recycle?(body: Uint8Array): void;
}

export interface PageSourceOptions {
  readonly set: PageSet;
  readonly keys: SetKeys;
  readonly pageSizeBytes: number;
  readonly gzip: GzipOptions;
  /** How many pages may be under way. */
  readonly concurrency: number;
  readonly memory: EncoderMemory;
  readonly signal: AbortSignal;
}

/** Makes pages of records: serialises them, cuts between them and starts to compress. */
export class PageSource {
  readonly #options: PageSourceOptions;
  /** The records as they were when the writing began, if they are an array. */
  readonly #array: readonly unknown[] | undefined;
  readonly #records: RecordSource;
  readonly #encoder: PageEncoder;
  readonly #pagination: Pagination;
  readonly #slices = new TimeSlices();
  readonly #pageMemory = new PageMemory();
  #member: GzipMember;

  constructor(data: Iterable<unknown> | AsyncIterable<unknown>, options: PageSourceOptions) {
    this.#options = options;
    this.#array = Array.isArray(data) ? data.slice() : undefined;
    this.#records = recordSource(this.#array ?? data, options.signal);
    const { memory, gzip, pageSizeBytes } = options;
    this.#encoder = new PageEncoder(memory, gzip.compression, pageSizeBytes);
    this.#pagination = new Pagination(options.set, options.pageSizeBytes);
    this.#member = this.#newMember();
  }

  /** The page that is in the making. */
  get part(): number {
    return this.#pagination.part;
  }

  /**
   * The pages in order. Those of an array come only once all of it is known to be good: its first
   * pages are made, then what is left is looked through.
   *
   * @throws ValidationError; and what the records' own iterator throws.
   */
  async *pages(): AsyncGenerator<Page> {
    const pages = this.#makePages();
    if (this.#array !== undefined) {
      const ahead: Page[] = [];
      let aheadBytes = 0;
      while (ahead.length < this.#options.concurrency || aheadBytes < AHEAD_BYTES) {
        const { done, value } = await pages.next();
        if (done) break;
        ahead.push(value);
        aheadBytes += value.recordBytes + PAGE_BYTES;
      }
      await this.#checkRest(this.#array);
      yield* ahead;
    }
    yield* pages;
  }

  async *#makePages(): AsyncGenerator<Page> {
    const source = this.#records;
    try {
      for (;;) {
        const taken = source.take();
        if (!(typeof taken === 'boolean' ? taken : await taken)) break;
        const bytes = this.#encoder.append(source.record);
        const page = this.#pagination.endsBefore(bytes) ? await this.#turnPage() : undefined;
        this.#pagination.add(bytes);
        if (page !== undefined) yield page;
        const isFull = this.#encoder.isFull;
        if (isFull) await this.#compress(this.#encoder.take());
        // To take a slab may have been long work.
        const spent = isFull ? Number.POSITIVE_INFINITY : bytes;
        if (this.#slices.spend(spent)) await this.#slices.pause(this.#options.signal);
      }
      this.#pagination.end();
      yield await this.#closePage(this.#encoder.take(), true);
    } catch (error) {
      const index = this.#pagination.index;
      throw await this.#explain(error, this.#array?.slice(index) ?? [source.record], index);
    } finally {
      // That closing fails, too, must not hide why it is closed.
      await source.close().catch(() => {});
    }
  }

  /** Looks at the records that no page holds yet: at each value, at where pages end, at every key. */
  async #checkRest(array: readonly unknown[]): Promise<void> {
    const pagination = this.#pagination.fork();
    const encoder = new RecordEncoder(this.#options.memory);
    try {
      while (pagination.index < array.length) {
        const bytes = encoder.append(array[pagination.index]);
        if (pagination.endsBefore(bytes)) {
          pagination.turn();
          this.#options.keys.checked(pagination.part);
        }
        pagination.add(bytes);
        if (encoder.isFull) encoder.recycle(encoder.take());
        if (this.#slices.spend(bytes)) await this.#slices.pause(this.#options.signal);
      }
      pagination.end();
    } catch (error) {
      throw await this.#explain(error, array.slice(pagination.index), pagination.index);
    }
  }

  /** The page at hand without the last record, which begins the next one. */
  async #turnPage(): Promise<Page> {
    const page = await this.#closePage(this.#encoder.takeAllButLast(), false);
    this.#pagination.turn();
    this.#options.keys.checked(this.#pagination.part);
    this.#member = this.#newMember();
    return page;
  }

  async #closePage(slabs: readonly Slab[], isLast: boolean): Promise<Page> {
    const { part, records, recordBytes } = this.#pagination;
    await this.#compress(slabs);
    const body = this.#member.finish(isLast ? 1 : 0, PAGE_END);
    // It is waited for when the page is stored, if it ever is.
    body.catch(() => {});
    const key = this.#options.keys.text(part);
    const recycle = (stored: Uint8Array) => this.#pageMemory.giveBackBody(stored);
    return { key, part, records, recordBytes, isLast, body, recycle };
  }

  #newMember(): GzipMember {
    return new GzipMember(this.#options.gzip, this.#pagination.beginnings, this.#pageMemory);
  }

  async #compress(slabs: readonly Slab[]): Promise<void> {
    for (const slab of slabs) {
      if (!Buffer.isBuffer(slab)) await this.#member.addDeflated(slab);
      else await this.#member.add(slab, () => this.#encoder.recycle(slab));
    }
  }

  /** What to say of an error that came up at a record, the first of those given. */
  async #explain(error: unknown, records: readonly unknown[], index: number): Promise<unknown> {
    if (error instanceof UnencodableError) {
      return recordsError(new UnencodableRecords(records, index), this.#options.signal);
    }
    return error instanceof OversizedError ? recordTooLarge(index) : error;
  }
}
