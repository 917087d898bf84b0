import type { StorageProvider } from '@metering/core';

export type Operation = 'put' | 'get' | 'head' | 'delete' | 'list';

/** One call that reached the store. */
export interface Call {
  readonly operation: Operation;
  readonly key: string;
  /** How many came before it. */
  readonly index: number;
}

export interface WatchedStorage extends StorageProvider {
  /** Every call so far: `put a/b`, `delete a/c`, … */
  readonly calls: readonly string[];
}

/**
 * A store that tells of every call before it goes through, and after; what the watchers throw is what
 * the call throws.
 */
export function watchedStorage(
  storage: StorageProvider,
  watch: {
    readonly before?: (call: Call) => unknown;
    readonly after?: (call: Call) => unknown;
  } = {},
): WatchedStorage {
  const calls: string[] = [];
  const begin = (operation: Operation, key: string): Call => {
    calls.push(`${operation} ${key}`);
    return { operation, key, index: calls.length - 1 };
  };
  const around = async <T>(call: Call, run: () => Promise<T>): Promise<T> => {
    await watch.before?.(call);
    const result = await run();
    await watch.after?.(call);
    return result;
  };
  return {
    calls,
    name: storage.name,
    capabilities: storage.capabilities,
    put: (key, body, options) => around(begin('put', key), () => storage.put(key, body, options)),
    get: (key, options) => around(begin('get', key), () => storage.get(key, options)),
    head: (key, options) => around(begin('head', key), () => storage.head(key, options)),
    delete: (key, options) => around(begin('delete', key), () => storage.delete(key, options)),
    async *list(query, options) {
      const call = begin('list', query?.prefix ?? '');
      await watch.before?.(call);
      yield* storage.list(query, options);
      await watch.after?.(call);
    },
    close: () => storage.close(),
    [Symbol.asyncDispose]: () => storage.close(),
  };
}
