import { isStorageError, StorageError, type StorageErrorInit } from '@metering/core';
import { broken, type Mutant } from './mutant.ts';

const NOT_FOUND_BY_GET = 'get: what is not there is NOT_FOUND';

export const readMutants: readonly Mutant[] = [
  {
    fault: 'get without a bound',
    foundBy: 'get: an object of more than maxBytes is TOO_LARGE',
    createStorage: broken((sound) => ({
      get: (key, options) => sound.get(key, { signal: options?.signal }),
    })),
  },
  {
    fault: 'get that cuts off at the bound',
    foundBy: 'get: an object of more than maxBytes is TOO_LARGE',
    createStorage: broken((sound) => ({
      get: async (key, options) => {
        const body = await sound.get(key, { signal: options?.signal });
        return body.subarray(0, options?.maxBytes ?? body.byteLength);
      },
    })),
  },
  {
    fault: 'get that takes a negative maxBytes for no bound',
    foundBy: 'get: a maxBytes that is no number from 0 is a TypeError',
    createStorage: broken((sound) => ({
      get: (key, options) => {
        const { maxBytes = 0 } = options ?? {};
        return sound.get(key, maxBytes < 0 ? { signal: options?.signal } : options);
      },
    })),
  },
  {
    fault: 'get that remembers that nothing was there',
    foundBy: 'put: is seen at once, also by who found nothing there before',
    createStorage: broken((sound) => {
      const missing = new Map<string, unknown>();
      return {
        get: async (key, options) => {
          if (missing.has(key)) throw missing.get(key);
          return sound.get(key, options).catch((error) => {
            if (isStorageError(error, 'NOT_FOUND')) missing.set(key, error);
            throw error;
          });
        },
      };
    }),
  },
  {
    fault: 'get that refuses an object of exactly maxBytes',
    foundBy: 'get: an object of exactly maxBytes is read',
    createStorage: broken((sound) => ({
      get: (key, options) => {
        const maxBytes = options?.maxBytes || undefined;
        return sound.get(key, { ...options, maxBytes: maxBytes && maxBytes - 1 });
      },
    })),
  },
  {
    fault: 'get that takes maxBytes 0 for no bound',
    foundBy: 'get: an object of more than maxBytes is TOO_LARGE',
    createStorage: broken((sound) => ({
      get: (key, options) =>
        sound.get(key, { ...options, maxBytes: options?.maxBytes || undefined }),
    })),
  },
  {
    fault: 'get that gives out the buffer that is stored',
    foundBy: 'get: gives a buffer of its own: changing it changes nothing that is stored',
    createStorage: broken((sound) => {
      const given = new Map<string, Uint8Array>();
      return {
        put: (key, body, options) => {
          given.delete(key);
          return sound.put(key, body, options);
        },
        get: async (key, options) => {
          const body = await sound.get(key, options);
          if (!given.has(key)) given.set(key, body);
          return given.get(key) ?? body;
        },
      };
    }),
  },
  {
    fault: 'get of a missing key that gives no bytes',
    foundBy: NOT_FOUND_BY_GET,
    createStorage: broken((sound) => ({
      get: async (key, options) => {
        try {
          return await sound.get(key, options);
        } catch (error) {
          if (isStorageError(error, 'NOT_FOUND')) return new Uint8Array(0);
          throw error;
        }
      },
    })),
  },
  {
    fault: 'errors without a code',
    foundBy: NOT_FOUND_BY_GET,
    createStorage: brokenErrors(({ message }) => new Error(message)),
  },
  {
    fault: 'errors of another code',
    foundBy: NOT_FOUND_BY_GET,
    createStorage: brokenErrors((error) => errorLike(error, { code: 'UNKNOWN' })),
  },
  {
    fault: 'errors that name no key',
    foundBy: NOT_FOUND_BY_GET,
    createStorage: brokenErrors((error) => errorLike(error, { key: undefined })),
  },
  {
    fault: 'errors that name another operation',
    foundBy: NOT_FOUND_BY_GET,
    createStorage: brokenErrors((error) => errorLike(error, { operation: 'open' })),
  },
  {
    fault: 'errors that name another provider',
    foundBy: NOT_FOUND_BY_GET,
    createStorage: brokenErrors((error) => errorLike(error, { provider: 'other' })),
  },
  {
    fault: 'errors that call for a retry in vain',
    foundBy: NOT_FOUND_BY_GET,
    createStorage: brokenErrors((error) => errorLike(error, { retryable: true })),
  },
  {
    fault: 'head that gives the size in characters of base64',
    foundBy: 'head: gives key, size, time of modification and perhaps an etag',
    createStorage: broken((sound) => ({
      head: async (key, options) => {
        const info = await sound.head(key, options);
        return { ...info, size: Math.ceil(info.size / 3) * 4 };
      },
    })),
  },
  {
    fault: 'head that takes seconds for milliseconds',
    foundBy: 'head: gives key, size, time of modification and perhaps an etag',
    createStorage: broken((sound) => ({
      head: async (key, options) => {
        const info = await sound.head(key, options);
        return { ...info, lastModified: new Date(info.lastModified.getTime() / 1000) };
      },
    })),
  },
  {
    fault: 'head that remembers what was replaced',
    foundBy: 'head: describes the object that replaced another',
    createStorage: broken((sound) => {
      const known = new Map<string, ReturnType<typeof sound.head>>();
      return {
        head: async (key, options) => {
          const info = await sound.head(key, options);
          return (await known.get(key)) ?? info;
        },
        put: async (key, body, options) => {
          const result = await sound.put(key, body, options);
          if (!known.has(key)) known.set(key, sound.head(key));
          return result;
        },
      };
    }),
  },
];

/** Storage whose `get` fails in its own way. */
function brokenErrors(change: (error: StorageError) => Error) {
  return broken((sound) => ({
    get: async (key, options) => {
      try {
        return await sound.get(key, options);
      } catch (error) {
        throw isStorageError(error) ? change(error) : error;
      }
    },
  }));
}

function errorLike(error: StorageError, changes: Partial<StorageErrorInit>): StorageError {
  const { code, message, provider, operation, key, retryable } = error;
  return new StorageError({ code, message, provider, operation, key, retryable, ...changes });
}
