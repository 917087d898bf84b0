import type { CallOptions, ListQuery, ObjectInfo } from '@metering/core';
import { ForwardingStorage } from './forwarding-storage.ts';

/** Counts the listings that were begun and not ended. */
export class OpenListings extends ForwardingStorage {
  open = 0;

  override async *list(query?: ListQuery, options?: CallOptions): AsyncGenerator<ObjectInfo> {
    this.open += 1;
    try {
      yield* super.list(query, options);
    } finally {
      this.open -= 1;
    }
  }
}
