import type {
  CallOptions,
  GetOptions,
  ListQuery,
  ObjectInfo,
  PutOptions,
  StorageProvider,
} from '@metering/core';

const KEYS_PER_REQUEST = 1000;

/** Counts what a storage would be asked over a network: a listing costs a request per 1,000 keys. */
export class CountingStorage implements StorageProvider {
  lists = 0;
  readonly gets: string[] = [];
  readonly puts: string[] = [];
  readonly deletes: string[] = [];
  heads = 0;
  readonly #storage: StorageProvider;

  constructor(storage: StorageProvider) {
    this.#storage = storage;
  }

  get name() {
    return this.#storage.name;
  }

  get capabilities() {
    return this.#storage.capabilities;
  }

  reset(): void {
    this.lists = 0;
    this.heads = 0;
    this.gets.length = 0;
    this.puts.length = 0;
    this.deletes.length = 0;
  }

  put(key: string, body: Uint8Array, options?: PutOptions) {
    this.puts.push(key);
    return this.#storage.put(key, body, options);
  }

  get(key: string, options?: GetOptions) {
    this.gets.push(key);
    return this.#storage.get(key, options);
  }

  head(key: string, options?: CallOptions) {
    this.heads += 1;
    return this.#storage.head(key, options);
  }

  delete(key: string, options?: CallOptions) {
    this.deletes.push(key);
    return this.#storage.delete(key, options);
  }

  async *list(query?: ListQuery, options?: CallOptions): AsyncGenerator<ObjectInfo> {
    let keys = 0;
    this.lists += 1;
    for await (const info of this.#storage.list(query, options)) {
      if (keys === KEYS_PER_REQUEST) {
        this.lists += 1;
        keys = 0;
      }
      keys += 1;
      yield info;
    }
  }

  close() {
    return this.#storage.close();
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }
}
