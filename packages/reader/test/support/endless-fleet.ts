import { gzipSync } from 'node:zlib';
import { createMemoryStorage, type ListQuery, type ObjectInfo } from '@metering/core';
import { METERING_PREFIX } from '@metering/core/building-blocks';
import { MINUTE } from './files.ts';
import { ForwardingStorage } from './forwarding-storage.ts';

const WRITERS = 100;
const PAGE = gzipSync('{"parts":1,"data":[{"egress":{"value":1,"unit":"bytes"}}]}');
const MODIFIED = new Date(0);

/** A storage of any number of pages, made up as they are asked for: 100 writers, one page each a minute. */
export class EndlessFleet extends ForwardingStorage {
  readonly from = MINUTE;
  readonly to: number;
  lists = 0;
  /** How many objects were listed. */
  listed = 0;
  /** Is told of each. */
  onListed: (listed: number) => void = () => {};
  readonly #names = Array.from({ length: WRITERS }, (_, index) => {
    return `/c/p/n${String(index).padStart(3, '0')}-0.json.gz`;
  });

  constructor(pages: number) {
    super(createMemoryStorage());
    this.to = this.from + (pages / WRITERS) * 60;
  }

  override async get(): Promise<Uint8Array> {
    return PAGE;
  }

  override async *list({ startAfter = '' }: ListQuery = {}): AsyncGenerator<ObjectInfo> {
    this.lists += 1;
    const after = Number.parseInt(startAfter.slice(METERING_PREFIX.length), 10) || 0;
    // One minute more than there is in the range, so that it has to be left out.
    for (let minute = Math.max(after, this.from); minute <= this.to; minute += 60) {
      const folder = METERING_PREFIX + minute;
      for (const name of this.#names) {
        this.listed += 1;
        this.onListed(this.listed);
        yield { key: folder + name, size: PAGE.byteLength, lastModified: MODIFIED };
      }
    }
  }
}
