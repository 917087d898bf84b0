import type {
  CallOptions,
  GetOptions,
  ListQuery,
  PutOptions,
  StorageProvider,
} from '@metering/core';

/** A storage that passes every call on to another one. */
export class ForwardingStorage implements StorageProvider {
  readonly inner: StorageProvider;

  constructor(inner: StorageProvider) {
    this.inner = inner;
  }

  get name() {
    return this.inner.name;
  }

  get capabilities() {
    return this.inner.capabilities;
  }

  put(key: string, body: Uint8Array, options?: PutOptions) {
    return this.inner.put(key, body, options);
  }

  get(key: string, options?: GetOptions) {
    return this.inner.get(key, options);
  }

  head(key: string, options?: CallOptions) {
    return this.inner.head(key, options);
  }

  delete(key: string, options?: CallOptions) {
    return this.inner.delete(key, options);
  }

  list(query?: ListQuery, options?: CallOptions) {
    return this.inner.list(query, options);
  }

  close() {
    return this.inner.close();
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }
}
