import type {
  CallOptions,
  GetOptions,
  ListQuery,
  ObjectInfo,
  PutOptions,
  PutResult,
  StorageProvider,
} from './storage-provider.ts';

/** A storage on top of another one: what all such have in common. */
export abstract class WrappedStorage implements StorageProvider {
  protected readonly storage: StorageProvider;

  constructor(storage: StorageProvider) {
    this.storage = storage;
  }

  get name() {
    return this.storage.name;
  }

  get capabilities() {
    return this.storage.capabilities;
  }

  put(key: string, body: Uint8Array, options?: PutOptions): Promise<PutResult> {
    return this.around('put', key, options, (inner) => this.storage.put(inner, body, options));
  }

  get(key: string, options?: GetOptions): Promise<Uint8Array> {
    return this.around('get', key, options, (inner) => this.storage.get(inner, options));
  }

  head(key: string, options?: CallOptions): Promise<ObjectInfo> {
    return this.around('head', key, options, (inner) => this.storage.head(inner, options));
  }

  delete(key: string, options?: CallOptions): Promise<void> {
    return this.around('delete', key, options, (inner) => this.storage.delete(inner, options));
  }

  abstract list(query?: ListQuery, options?: CallOptions): AsyncIterable<ObjectInfo>;

  close(): Promise<void> {
    return this.storage.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What a call on one key becomes. `call` takes the key that the storage below knows. */
  protected abstract around<T>(
    operation: 'put' | 'get' | 'head' | 'delete',
    key: string,
    options: CallOptions | undefined,
    call: (inner: string) => Promise<T>,
  ): Promise<T>;
}
