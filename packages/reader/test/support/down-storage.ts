import { StorageError } from '@metering/core';
import { ForwardingStorage } from './forwarding-storage.ts';

/** A storage whose next reads and listings fail, as many as are `left`; a listing can fail between two keys too. */
export class DownStorage extends ForwardingStorage {
  failures = 0;
  left = 0;
  code: 'UNAVAILABLE' | 'PERMISSION_DENIED' = 'UNAVAILABLE';

  override async get(key: string) {
    this.#fail('get', key);
    return super.get(key);
  }

  override async *list(query?: { prefix?: string | undefined }) {
    this.#fail('list', query?.prefix);
    for await (const info of super.list(query)) {
      yield info;
      this.#fail('list', query?.prefix);
    }
  }

  #fail(operation: 'get' | 'list', key: string | undefined): void {
    if (this.left === 0) return;
    this.left -= 1;
    this.failures += 1;
    throw new StorageError({
      code: this.code,
      message: 'down',
      provider: 'test',
      operation,
      key,
    });
  }
}
