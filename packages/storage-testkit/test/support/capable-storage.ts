import {
  createMemoryStorage,
  defineStorageProvider,
  type ObjectInfo,
  type StorageCapabilities,
  StorageError,
  type StorageProvider,
} from '@metering/core';

/** A sound store with other capabilities than the one in memory; it does what they say. */
export function createCapableStorage(capabilities: StorageCapabilities): StorageProvider {
  const memory = createMemoryStorage();
  return defineStorageProvider({
    name: memory.name,
    capabilities,
    put: (key, body, options) => memory.put(key, body, options),
    get: (key, options) => memory.get(key, options),
    head: (key, options) => memory.head(key, options),
    delete: (key, options) => memory.delete(key, options),
    list: capabilities.listOrder === 'utf8' ? memory.list.bind(memory) : listByUtf16(memory),
    close: () => memory.close(),
    classifyError: () => undefined,
  });
}

/** A store that finds out by its first `create` whether that is exclusive. */
export function createUnknowingStorage(isExclusive: boolean): StorageProvider {
  const capable = createCapableStorage({ exclusiveCreate: 'unknown', listOrder: 'utf8' });
  let exclusiveCreate: boolean | 'unknown' = 'unknown';
  return defineStorageProvider({
    name: capable.name,
    get capabilities() {
      return { exclusiveCreate, listOrder: 'utf8' } as const;
    },
    put: (key, body, options) => {
      if (options.mode === 'create') exclusiveCreate = isExclusive;
      if (options.mode === 'create' && !isExclusive) throw unsupported(capable.name, key);
      return capable.put(key, body, options);
    },
    get: (key, options) => capable.get(key, options),
    head: (key, options) => capable.head(key, options),
    delete: (key, options) => capable.delete(key, options),
    list: (query, options) => capable.list(query, options),
    close: () => capable.close(),
    classifyError: () => undefined,
  });
}

function listByUtf16(memory: StorageProvider): StorageProvider['list'] {
  return async function* ({ prefix = '', startAfter = '' } = {}, options = {}) {
    const objects: ObjectInfo[] = [];
    for await (const object of memory.list({ prefix }, options)) objects.push(object);
    objects.sort((a, b) => (a.key < b.key ? -1 : 1));
    yield* objects.filter(({ key }) => key > startAfter);
  };
}

function unsupported(provider: string, key: string): StorageError {
  const message = `${provider} put ${JSON.stringify(key)}: this store has no exclusive create`;
  return new StorageError({ code: 'UNSUPPORTED', message, provider, operation: 'put', key });
}
