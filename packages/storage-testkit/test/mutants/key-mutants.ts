import { isStorageError } from '@metering/core';
import { broken, type Mutant } from './mutant.ts';

export const keyMutants: readonly Mutant[] = [
  {
    fault: 'keys in lower case',
    foundBy: 'keys: those that differ only in case are kept apart',
    createStorage: changedKeys((key) => key.toLowerCase()),
  },
  {
    fault: 'keys without the spaces around them',
    foundBy: 'keys: those that differ only in spaces at either end are kept apart',
    createStorage: changedKeys((key) => key.trim()),
  },
  {
    fault: 'keys that are decoded like a URI',
    foundBy: 'keys: "a%20b" is held unchanged',
    createStorage: changedKeys((key) => {
      try {
        return decodeURIComponent(key);
      } catch {
        return key;
      }
    }),
  },
  {
    fault: 'keys whose "+" becomes a space',
    foundBy: 'keys: "a+b" is held unchanged',
    createStorage: changedKeys((key) => key.replaceAll('+', ' ')),
  },
  {
    fault: 'keys in a normal form of Unicode',
    foundBy: 'keys: those that differ only in the normal form of Unicode are kept apart',
    createStorage: changedKeys((key) => key.normalize('NFC')),
  },
  {
    fault: 'keys that are cut off at the question mark',
    foundBy: 'keys: "a?b=c&d" is held unchanged',
    createStorage: changedKeys((key) => key.split('?', 1)[0] || key),
  },
  {
    fault: 'keys that are escaped in listings',
    foundBy: 'keys: "<a>&amp;</a>" is held unchanged',
    createStorage: broken((sound) => ({
      list: async function* (query, options) {
        for await (const info of sound.list(query, options)) {
          yield { ...info, key: info.key.replaceAll('&', '&amp;') };
        }
      },
    })),
  },
  {
    fault: 'invalid keys that are repaired',
    foundBy: 'put: an invalid key is INVALID_KEY, before anything happens',
    createStorage: changedKeys((key) => key.replaceAll(/\/{2,}/g, '/').replace(/^\//, '')),
  },
  {
    fault: 'invalid keys that are merely not found',
    foundBy: 'get: an invalid key is INVALID_KEY, before anything happens',
    createStorage: broken((sound) => ({
      get: async (key, options) => {
        try {
          return await sound.get(key, options);
        } catch (error) {
          if (isStorageError(error, 'INVALID_KEY')) return sound.get('no such object', options);
          throw error;
        }
      },
    })),
  },
  {
    fault: 'invalid keys that delete takes',
    foundBy: 'delete: an invalid key is INVALID_KEY, before anything happens',
    createStorage: broken((sound) => ({
      delete: async (key, options) => {
        await sound.delete(key, options).catch((error) => {
          if (!isStorageError(error, 'INVALID_KEY')) throw error;
        });
      },
    })),
  },
  {
    fault: 'a hard key that put refuses and get does not',
    foundBy: 'keys: "back\\\\slash" is held unchanged, or INVALID_KEY for every call',
    createStorage: broken((sound) => ({
      put: (key, body, options) =>
        sound.put(key === 'back\\slash' ? `/${key}` : key, body, options),
    })),
  },
];

/** Storage that changes keys on their way in. */
function changedKeys(change: (key: string) => string) {
  const changed = (key: string) => (typeof key === 'string' ? change(key) : key);
  return broken((sound) => ({
    put: (key, body, options) => sound.put(changed(key), body, options),
    get: (key, options) => sound.get(changed(key), options),
    head: (key, options) => sound.head(changed(key), options),
    delete: (key, options) => sound.delete(changed(key), options),
  }));
}
