import { type DeflatedSlab, TokenEncoder } from '../deflate/token-encoder.ts';
import { UnsuitedError } from '../deflate/unsuited-error.ts';
import type { Compression } from '../gzip/gzip-options.ts';
import type { EncoderMemory } from '../json/byte-sink.ts';
import { RecordEncoder } from '../json/record-encoder.ts';

/** A piece of a page: bytes that are still to be compressed, or what has been. */
export type Slab = Buffer | DeflatedSlab;

/** A set begins as bytes: a small page is best compressed by zlib, at once. */
const FIRST_BYTES = 32_768;
/** Pages that are hardly larger than that are small, too. */
const LEAST_PAGE_BYTES = 2 * FIRST_BYTES;
/** When more of a slab than this was unlike what came before, zlib finds what tokens cannot. */
const MOST_UNMATCHED = 0.15;
/** The first slab of tokens is no larger: where they do not pay, little is lost. */
const TRIAL_BYTES = 131_072;
/** So much then goes to zlib before tokens are tried again; and so much after a record that is too large. */
const BYTES_AFTER_UNMATCHED = 31 * 1_048_576;
const BYTES_AFTER_UNSUITED = 1_048_576;

/**
 * Makes pages of records, in one of two ways: as bytes, which zlib compresses later, or as the tokens of
 * deflate at once, which is several times faster where records are like each other. It goes by what it
 * sees in the records, so equal data makes equal pages.
 */
export class PageEncoder {
  readonly #bytes: RecordEncoder;
  /** There while records are made into tokens. */
  #tokens: TokenEncoder | undefined;
  /** What was made in the other way before the way was changed. */
  readonly #done: Slab[] = [];
  /** So much more is to be made into bytes before tokens are tried. */
  #bytesToGo: number;
  /** So much more is to be made into tokens before it is seen whether they pay. */
  #trialToGo = TRIAL_BYTES;
  /** True when tokens turned out not to pay. */
  #isUnmatched = false;

  constructor(memory: EncoderMemory, compression: Compression, pageSizeBytes: number) {
    this.#bytes = new RecordEncoder(memory);
    const arePagesSmall = pageSizeBytes > 0 && pageSizeBytes < LEAST_PAGE_BYTES;
    const never = compression === 'zlib' || arePagesSmall;
    this.#bytesToGo = never ? Number.POSITIVE_INFINITY : FIRST_BYTES;
  }

  /** True when it is time to take what there is. */
  get isFull(): boolean {
    if (this.#tokens !== undefined) {
      return this.#isUnmatched || this.#trialToGo <= 0 || this.#tokens.isFull;
    }
    return this.#bytesToGo <= 0 || this.#bytes.isFull;
  }

  /**
   * Adds a record to the list.
   *
   * @returns how many bytes its JSON takes, without the comma before it.
   * @throws UnencodableError or OversizedError, with nothing added.
   */
  append(record: unknown): number {
    return this.#appendTokens(record) ?? this.#appendBytes(record);
  }

  /** Everything since the last time. The list goes on after it. */
  take(): Slab[] {
    const slabs = this.#done.splice(0);
    if (this.#tokens !== undefined) {
      slabs.push(this.#judged(this.#tokens.take()));
      if (this.#trialToGo <= 0) this.#trialToGo = Number.POSITIVE_INFINITY;
      if (this.#isUnmatched) this.#useBytes();
    } else {
      slabs.push(this.#bytes.take());
      if (this.#bytesToGo <= 0) this.#tokens = new TokenEncoder('list goes on');
    }
    return slabs;
  }

  /** Everything since the last time but the last record, which begins a new list. */
  takeAllButLast(): Slab[] {
    const last =
      this.#tokens === undefined
        ? this.#bytes.takeAllButLast()
        : this.#judged(this.#tokens.takeAllButLast());
    return [...this.#done.splice(0), last];
  }

  /** Gives the memory of a slab of bytes back. */
  recycle(slab: Buffer): void {
    this.#bytes.recycle(slab);
  }

  #appendTokens(record: unknown): number | undefined {
    if (this.#tokens === undefined) return undefined;
    try {
      const bytes = this.#tokens.append(record);
      this.#trialToGo -= bytes;
      return bytes;
    } catch (error) {
      if (!(error instanceof UnsuitedError)) throw error;
      this.#done.push(this.#judged(this.#tokens.take()));
      this.#useBytes();
      return undefined;
    }
  }

  #appendBytes(record: unknown): number {
    const bytes = this.#bytes.append(record);
    this.#bytesToGo -= bytes;
    return bytes;
  }

  #judged(slab: DeflatedSlab): DeflatedSlab {
    this.#isUnmatched = slab.unmatchedShare > MOST_UNMATCHED;
    return slab;
  }

  #useBytes(): void {
    this.#bytesToGo = this.#isUnmatched ? BYTES_AFTER_UNMATCHED : BYTES_AFTER_UNSUITED;
    this.#tokens = undefined;
    this.#trialToGo = TRIAL_BYTES;
    this.#isUnmatched = false;
    this.#bytes.continueList();
  }
}
