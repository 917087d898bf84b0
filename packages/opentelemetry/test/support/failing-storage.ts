import {
  createMemoryStorage,
  defineStorageProvider,
  type StorageBackend,
  StorageFault,
  type StorageProvider,
} from '@metering/core';

type Operation = 'put' | 'get' | 'head' | 'delete' | 'list';

/** A storage in memory whose calls fail in passing as often as they are told to. */
export class FailingStorage {
  readonly #memory = createMemoryStorage();
  readonly #failures = new Map<Operation, number>();
  readonly storage: StorageProvider = defineStorageProvider(this.#backend());

  /** Makes the next calls of a kind fail. */
  fail(operation: Operation, times: number): void {
    this.#failures.set(operation, times);
  }

  #attempt(operation: Operation): void {
    const left = this.#failures.get(operation) ?? 0;
    if (left === 0) return;
    this.#failures.set(operation, left - 1);
    throw new StorageFault({ code: 'UNAVAILABLE', message: 'made to fail' });
  }

  #backend(): StorageBackend {
    const { name, capabilities } = this.#memory;
    const memory = this.#memory;
    const attempt = (operation: Operation) => this.#attempt(operation);
    return {
      name,
      capabilities,
      async put(key, body, options) {
        attempt('put');
        return memory.put(key, body, options);
      },
      async get(key, options) {
        attempt('get');
        return memory.get(key, options);
      },
      async head(key, options) {
        attempt('head');
        return memory.head(key, options);
      },
      async delete(key, options) {
        attempt('delete');
        return memory.delete(key, options);
      },
      async *list(query, options) {
        attempt('list');
        yield* memory.list(query, options);
      },
      classifyError: () => undefined,
    };
  }
}
