import { type CallOptions, type PutOptions, StorageError } from '@metering/core';
import { ForwardingStorage } from './forwarding-storage.ts';

/** A storage that goes down for good after so many changes, in the middle of what a writer does. */
export class FailingStorage extends ForwardingStorage {
  changesLeft: number;

  constructor(inner: ForwardingStorage['inner'], changesLeft: number) {
    super(inner);
    this.changesLeft = changesLeft;
  }

  override async put(key: string, body: Uint8Array, options?: PutOptions) {
    this.#change('put', key);
    return super.put(key, body, options);
  }

  override async delete(key: string, options?: CallOptions) {
    this.#change('delete', key);
    return super.delete(key, options);
  }

  #change(operation: 'put' | 'delete', key: string): void {
    if (this.changesLeft > 0) this.changesLeft -= 1;
    else
      throw new StorageError({
        code: 'UNKNOWN',
        message: 'down',
        provider: 'test',
        operation,
        key,
      });
  }
}
