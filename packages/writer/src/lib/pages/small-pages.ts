import { gzipAtOnce } from '../gzip/gzip-at-once.ts';
import type { GzipOptions } from '../gzip/gzip-options.ts';
import { ByteSink, type EncoderMemory } from '../json/byte-sink.ts';
import { JsonBytes, OversizedError } from '../json/json-bytes.ts';
import { UnencodableError } from '../json/json-sink.ts';
import { RecordWalker } from '../json/record-walker.ts';
import { PAGE_END, type PageSet } from './page-envelope.ts';
import type { Page } from './page-source.ts';
import { Pagination } from './pagination.ts';
import { UnencodableRecords } from './record-check.ts';
import type { SetKeys } from './set-keys.ts';

/** Up to so much JSON, compressing at once is faster than a trip to another thread. */
const MOST_JSON_BYTES = 32_768;
const COMMA = 0x2c;

export interface SmallPageOptions {
  readonly set: PageSet;
  readonly keys: SetKeys;
  readonly pageSizeBytes: number;
  readonly gzip: GzipOptions;
}

/**
 * Makes the page of a set that is one small page, straight away: nothing is waited for, and the memory is
 * used again. It gives what `PageSource` gives.
 */
export class SmallPages {
  readonly #memory: EncoderMemory;
  /** Taken away while it is used: a record's getter may write, too. */
  #spare: SmallPageEncoder | undefined;

  /** @param memory may be shared with others. */
  constructor(memory: EncoderMemory) {
    this.#memory = memory;
  }

  /**
   * The only page of the records, or undefined where they are no array or too many for one small page.
   *
   * @throws UnencodableRecords
   */
  onlyPage(records: unknown, options: SmallPageOptions): Page | undefined {
    if (!Array.isArray(records)) return undefined;
    const encoder = this.#spare ?? new SmallPageEncoder(this.#memory);
    this.#spare = undefined;
    try {
      return encoder.onlyPage(records, options);
    } finally {
      this.#spare = encoder;
    }
  }
}

class SmallPageEncoder {
  readonly #json = new JsonBytes(Buffer.allocUnsafeSlow(MOST_JSON_BYTES), MOST_JSON_BYTES);
  readonly #walker: RecordWalker;

  constructor(memory: EncoderMemory) {
    this.#walker = new RecordWalker(new ByteSink(this.#json, memory));
  }

  onlyPage(records: readonly unknown[], options: SmallPageOptions): Page | undefined {
    const { set, keys, pageSizeBytes, gzip } = options;
    const pagination = new Pagination(set, pageSizeBytes);
    try {
      if (!this.#write(records, pagination)) return undefined;
    } catch (error) {
      if (error instanceof OversizedError) return undefined;
      if (!(error instanceof UnencodableError)) throw error;
      throw new UnencodableRecords(records.slice(pagination.index), pagination.index);
    }
    const { part, records: count, recordBytes } = pagination;
    const body = Promise.resolve(gzipAtOnce(this.#json.written(), gzip));
    return { key: keys.text(part), part, records: count, recordBytes, isLast: true, body };
  }

  /** Writes the page; false when it is found not to be the only one, or not small. @throws as `walk`. */
  #write(records: readonly unknown[], pagination: Pagination): boolean {
    const json = this.#json;
    json.cutTo(0);
    json.raw(pagination.beginning(1));
    for (let index = 0; index < records.length; index++) {
      if (index > 0) json.byte(COMMA);
      const start = json.length;
      this.#walker.walk(records[index]);
      const bytes = json.length - start;
      if (pagination.endsBefore(bytes) || areFarTooLong(records, bytes)) return false;
      pagination.add(bytes);
    }
    json.raw(PAGE_END);
    return true;
  }
}

/** True when records like one of so many bytes would fill many small pages: there is no need to try. */
function areFarTooLong(records: readonly unknown[], recordBytes: number): boolean {
  return records.length * recordBytes > 4 * MOST_JSON_BYTES;
}
