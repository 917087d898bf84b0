import {
  type CallOptions,
  createMemoryStorage,
  type ListQuery,
  type ObjectInfo,
  type PutOptions,
} from '@metering/core';
import { ForwardingStorage } from './forwarding-storage.ts';
import type { ManualClock } from './manual-clock.ts';

/** A storage in memory whose objects are stored at the times of a clock. */
export class ClockedStorage extends ForwardingStorage {
  readonly modified = new Map<string, Date>();
  readonly #versions = new Map<string, number>();
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    super(createMemoryStorage());
    this.#clock = clock;
  }

  override put(key: string, body: Uint8Array, options?: PutOptions) {
    this.modified.set(key, new Date(this.#clock.now() * 1000));
    this.#versions.set(key, this.version(key) + 1);
    return super.put(key, body, options);
  }

  /** How often an object was stored. */
  version(key: string): number {
    return this.#versions.get(key) ?? 0;
  }

  override async *list(query?: ListQuery, options?: CallOptions): AsyncGenerator<ObjectInfo> {
    for await (const info of super.list(query, options)) {
      yield { ...info, lastModified: this.modified.get(info.key) ?? info.lastModified };
    }
  }
}
