import type { StorageProvider } from '../../src/index.ts';

/** The storage, but for some of its calls. */
export function changed(
  storage: StorageProvider,
  changes: Partial<StorageProvider>,
): StorageProvider {
  return {
    name: storage.name,
    capabilities: storage.capabilities,
    put: (...args) => storage.put(...args),
    get: (...args) => storage.get(...args),
    head: (...args) => storage.head(...args),
    delete: (...args) => storage.delete(...args),
    list: (...args) => storage.list(...args),
    close: () => storage.close(),
    [Symbol.asyncDispose]: () => storage.close(),
    ...changes,
  };
}
