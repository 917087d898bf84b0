import { createMemoryStorage, type StorageProvider } from '@metering/core';

/** A provider with one fault, and the case that must find it. */
export interface Mutant {
  readonly fault: string;
  readonly foundBy: string;
  readonly createStorage: () => StorageProvider;
}

/** A sound store in memory, but for what is replaced. */
export function broken(
  replace: (sound: StorageProvider) => Partial<StorageProvider>,
): () => StorageProvider {
  return () => {
    const sound = createMemoryStorage();
    return {
      name: sound.name,
      capabilities: sound.capabilities,
      put: (key, body, options) => sound.put(key, body, options),
      get: (key, options) => sound.get(key, options),
      head: (key, options) => sound.head(key, options),
      delete: (key, options) => sound.delete(key, options),
      list: (query, options) => sound.list(query, options),
      close: () => sound.close(),
      [Symbol.asyncDispose]: () => sound.close(),
      ...replace(sound),
    };
  };
}
