import { createMemoryStorage } from '@metering/core';
import { broken, type Mutant } from './mutant.ts';

export const lifecycleMutants: readonly Mutant[] = [
  {
    fault: 'close that may be called once only',
    foundBy: 'close: twice, also at once, is fine',
    createStorage: broken((sound) => {
      let closed = false;
      const close = async () => {
        if (closed) throw new Error('closed already');
        closed = true;
        await sound.close();
      };
      return { close, [Symbol.asyncDispose]: close };
    }),
  },
  {
    fault: 'close that closes nothing',
    foundBy: 'close: any other call after it is a TypeError',
    createStorage: broken(() => ({ close: async () => undefined })),
  },
  {
    fault: 'reading after close that finds nothing',
    foundBy: 'close: any other call after it is a TypeError',
    createStorage: broken((sound) => {
      let closed = false;
      return {
        close: async () => {
          closed = true;
          await sound.close();
        },
        list: async function* (query, options) {
          if (!closed) yield* sound.list(query, options);
        },
      };
    }),
  },
  {
    fault: 'Symbol.asyncDispose that does nothing',
    foundBy: 'close: Symbol.asyncDispose closes',
    createStorage: broken(() => ({ [Symbol.asyncDispose]: async () => undefined })),
  },
  {
    fault: 'a capability that the contract does not know',
    foundBy: 'storage: has a name and says what it can do',
    createStorage: broken(() => ({
      capabilities: { exclusiveCreate: true, listOrder: 'none' as 'utf8' },
    })),
  },
  {
    fault: 'a store that every harness shares',
    foundBy: 'harness: each store is fresh and isolated from every other',
    createStorage: sharedStorage(),
  },
];

function sharedStorage() {
  const shared = createMemoryStorage();
  return broken(() => ({
    put: (key, body, options) => shared.put(key, body, options),
    get: (key, options) => shared.get(key, options),
    head: (key, options) => shared.head(key, options),
    delete: (key, options) => shared.delete(key, options),
    list: (query, options) => shared.list(query, options),
  }));
}
