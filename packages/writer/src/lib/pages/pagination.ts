import { MAX_JSON_BYTES } from '@metering/core/building-blocks';
import { pageTooLarge, recordTooLarge } from '../page-limit.ts';
import { PAGE_END, type PageSet, pageBeginning } from './page-envelope.ts';

/**
 * Where one page ends and the next begins: a page that is not empty takes a record while the sum of
 * its records' JSON sizes stays within `pageSizeBytes`. Commas and the envelope count only for the
 * limit of what readers take.
 */
export class Pagination {
  readonly #set: PageSet;
  readonly #pageSizeBytes: number;
  #part = 0;
  #index = 0;
  #records = 0;
  #recordBytes = 0;
  #beginnings: readonly [Uint8Array, Uint8Array] | undefined;

  constructor(set: PageSet, pageSizeBytes: number) {
    this.#set = set;
    this.#pageSizeBytes = pageSizeBytes;
  }

  /** The page at hand, from 0. */
  get part(): number {
    return this.#part;
  }

  /** How many records the page at hand holds. */
  get records(): number {
    return this.#records;
  }

  /** The JSON sizes of its records, added up. */
  get recordBytes(): number {
    return this.#recordBytes;
  }

  /** How many records all pages hold so far. */
  get index(): number {
    return this.#index;
  }

  /** What stands before the records of the page at hand: while more pages follow, and if it is the last. */
  get beginnings(): readonly [Uint8Array, Uint8Array] {
    this.#beginnings ??= [this.beginning(0), this.beginning(this.#part + 1)];
    return this.#beginnings;
  }

  /** What stands before the records of the page at hand when its set is said to have so many pages. */
  beginning(parts: number): Uint8Array {
    return pageBeginning(this.#set, this.#part, parts);
  }

  /** True when a record of so many bytes goes onto the next page. */
  endsBefore(recordBytes: number): boolean {
    if (this.#pageSizeBytes === 0 || this.#records === 0) return false;
    return this.#recordBytes + recordBytes > this.#pageSizeBytes;
  }

  /** Puts a record of so many bytes onto the page at hand. @throws ValidationError when that is too much. */
  add(recordBytes: number): void {
    this.#index += 1;
    this.#records += 1;
    this.#recordBytes += recordBytes;
    this.#checkSize('more follow');
  }

  /** Ends the set with the page at hand. @throws ValidationError when it is too much for one. */
  end(): void {
    this.#checkSize('is last');
  }

  /** Goes on to the next page. */
  turn(): void {
    this.#part += 1;
    this.#records = 0;
    this.#recordBytes = 0;
    this.#beginnings = undefined;
  }

  /** A copy, to look ahead with. */
  fork(): Pagination {
    const copy = new Pagination(this.#set, this.#pageSizeBytes);
    copy.#part = this.#part;
    copy.#index = this.#index;
    copy.#records = this.#records;
    copy.#recordBytes = this.#recordBytes;
    copy.#beginnings = this.#beginnings;
    return copy;
  }

  #checkSize(where: 'more follow' | 'is last'): void {
    // Commas are fewer than the bytes between them, and an envelope is short.
    if (this.#recordBytes < MAX_JSON_BYTES / 4) return;
    const beginning = this.beginnings[where === 'more follow' ? 0 : 1];
    const commas = Math.max(this.#records - 1, 0);
    const bytes = beginning.length + this.#recordBytes + commas + PAGE_END.length;
    if (bytes <= MAX_JSON_BYTES) return;
    if (this.#records === 1) throw recordTooLarge(this.#index - 1);
    throw pageTooLarge(this.#part, this.#pageSizeBytes);
  }
}
