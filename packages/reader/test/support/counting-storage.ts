import type { CallOptions, GetOptions, ListQuery, ObjectInfo, PutOptions } from '@metering/core';
import { ForwardingStorage } from './forwarding-storage.ts';

const KEYS_PER_REQUEST = 1000;

/** Counts what a storage would be asked over a network: a listing costs a request per 1,000 keys. */
export class CountingStorage extends ForwardingStorage {
  lists = 0;
  heads = 0;
  readonly gets: string[] = [];
  readonly puts: string[] = [];
  readonly deletes: string[] = [];

  reset(): void {
    this.lists = 0;
    this.heads = 0;
    this.gets.length = 0;
    this.puts.length = 0;
    this.deletes.length = 0;
  }

  override put(key: string, body: Uint8Array, options?: PutOptions) {
    this.puts.push(key);
    return super.put(key, body, options);
  }

  override get(key: string, options?: GetOptions) {
    this.gets.push(key);
    return super.get(key, options);
  }

  override head(key: string, options?: CallOptions) {
    this.heads += 1;
    return super.head(key, options);
  }

  override delete(key: string, options?: CallOptions) {
    this.deletes.push(key);
    return super.delete(key, options);
  }

  override async *list(query?: ListQuery, options?: CallOptions): AsyncGenerator<ObjectInfo> {
    let keys = 0;
    this.lists += 1;
    for await (const info of super.list(query, options)) {
      if (keys === KEYS_PER_REQUEST) {
        this.lists += 1;
        keys = 0;
      }
      keys += 1;
      yield info;
    }
  }
}
