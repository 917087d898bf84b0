import { createMemoryStorage, type ListQuery, type ObjectInfo } from '@metering/core';
import { META_PREFIX } from '@metering/core/building-blocks';
import { ForwardingStorage } from './forwarding-storage.ts';

/** A storage that lists names below the folder of logic cluster c1. Nothing can be read. */
export class VersionListing extends ForwardingStorage {
  readonly #keys: readonly string[];

  constructor(names: readonly string[]) {
    super(createMemoryStorage());
    this.#keys = names.map((name) => `${META_PREFIX}logic/c1/${name}`).sort();
  }

  override async *list({ startAfter = '' }: ListQuery = {}): AsyncGenerator<ObjectInfo> {
    for (let index = this.#firstAfter(startAfter); index < this.#keys.length; index++) {
      yield { key: this.#keys[index] as string, size: 1, lastModified: new Date(0) };
    }
  }

  #firstAfter(text: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] as string) <= text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
