import { setImmediate as turn } from 'node:timers/promises';
import { exists, isStorageError, type StorageProvider } from '@metering/core';
import { broken, type Mutant } from './mutant.ts';

export const writeMutants: readonly Mutant[] = [
  {
    fault: 'put that writes in place, in two steps',
    foundBy: 'put: is never seen half done: a reader gets the old object or the new one, whole',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        if (body instanceof Uint8Array && options?.mode !== 'create') {
          await sound.put(key, body.subarray(0, body.byteLength / 2), options);
          await turn();
        }
        return sound.put(key, body, options);
      },
    })),
  },
  {
    fault: 'put that removes the old object first',
    foundBy: 'put: is never seen half done: a reader gets the old object or the new one, whole',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        if (body.byteLength > 1_000_000 && options?.mode !== 'create') {
          await sound.delete(key, options);
          await turn();
        }
        return sound.put(key, body, options);
      },
    })),
  },
  {
    fault: 'put that stages in a temporary object, which is listed',
    foundBy: 'put: a new object is seen whole or not at all',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        if (body.byteLength > 1_000_000) {
          await sound.put('.staged', body);
          await turn();
          await sound.delete('.staged');
        }
        return sound.put(key, body, options);
      },
    })),
  },
  {
    fault: 'put that refuses an empty body',
    foundBy: 'put: an empty body is an object without bytes',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        if (body.byteLength === 0) throw new Error('nothing to store');
        return sound.put(key, body, options);
      },
    })),
  },
  {
    fault: 'put that stores the whole buffer behind a view',
    foundBy: 'put: of a view into a larger buffer only the bytes in view are stored',
    createStorage: broken((sound) => ({
      put: async (key, body, options) =>
        sound.put(key, body instanceof Uint8Array ? new Uint8Array(body.buffer) : body, options),
    })),
  },
  {
    fault: "put that keeps the caller's buffer",
    foundBy: 'put: keeps a copy: the caller may change its buffer afterwards',
    createStorage: broken((sound) => {
      const kept = new Map<string, Uint8Array>();
      return {
        put: async (key, body, options) => {
          const result = await sound.put(key, body, options);
          kept.set(key, body);
          return result;
        },
        get: async (key, options) => {
          const copy = await sound.get(key, options);
          return kept.get(key)?.slice() ?? copy;
        },
      };
    }),
  },
  {
    fault: 'put that reads text as bytes',
    foundBy: 'put: a body that is no Uint8Array is a TypeError, and nothing is stored',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => sound.put(key, new Uint8Array(body), options),
    })),
  },
  {
    fault: 'put that takes an unknown mode for overwrite',
    foundBy: 'put: an unknown mode is a TypeError, and nothing is stored',
    createStorage: broken((sound) => ({
      put: async (key, body, options) =>
        sound.put(key, body, options?.mode === 'create' ? options : { signal: options?.signal }),
    })),
  },
  {
    fault: 'an etag made of the size alone',
    foundBy: 'put: the etag, where there is one, changes whenever the bytes do',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        await sound.put(key, body, options);
        return { etag: String(body.byteLength) };
      },
      head: async (key, options) => {
        const info = await sound.head(key, options);
        return { ...info, etag: String(info.size) };
      },
    })),
  },
  {
    fault: 'create that overwrites',
    foundBy:
      'create: on an object that exists, with other bytes, is ALREADY_EXISTS and changes nothing',
    createStorage: broken((sound) => ({
      put: (key, body, options) => sound.put(key, body, { signal: options?.signal }),
    })),
  },
  {
    fault: 'create that compares, and calls equal bytes a success',
    foundBy: 'create: never compares: on an object with equal bytes it is ALREADY_EXISTS too',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        try {
          return await sound.put(key, body, options);
        } catch (error) {
          if (!isStorageError(error, 'ALREADY_EXISTS')) throw error;
          if (Buffer.compare(await sound.get(key), body) !== 0) throw error;
          return {};
        }
      },
    })),
  },
  {
    fault: 'create that looks first and writes then',
    foundBy: 'create: of 50 racers with different bytes exactly one wins, and its bytes are whole',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        const { mode, ...rest } = options ?? {};
        if (mode === 'create' && (await exists(sound, key))) return sound.put(key, body, options);
        return sound.put(key, body, mode === 'create' ? rest : options);
      },
    })),
  },
  {
    fault: 'create that does not count an empty object as one',
    foundBy: 'create: an object without bytes exists too',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        const size = await sound.head(key).then(
          (info) => info.size,
          () => undefined,
        );
        return sound.put(key, body, size === 0 ? { ...options, mode: 'overwrite' } : options);
      },
    })),
  },
  {
    fault: 'create that works although exclusiveCreate is false',
    foundBy: 'create: where exclusiveCreate is false it is UNSUPPORTED and stores nothing',
    createStorage: broken(() => ({
      capabilities: { exclusiveCreate: false, listOrder: 'utf8' },
    })),
  },
  {
    fault: 'create that overwrites while exclusiveCreate is unknown',
    foundBy: 'create: where exclusiveCreate is unknown an object that exists is left alone',
    createStorage: broken((sound) => ({
      capabilities: { exclusiveCreate: 'unknown', listOrder: 'utf8' },
      put: (key, body, options) => sound.put(key, body, { signal: options?.signal }),
    })),
  },
  {
    fault: 'delete of a missing key that throws',
    foundBy: 'delete: of what is not there succeeds',
    createStorage: broken((sound) => ({
      delete: async (key, options) => {
        await sound.head(key, options);
        await sound.delete(key, options);
      },
    })),
  },
  {
    fault: 'delete that takes the key for a prefix',
    foundBy: 'delete: removes that key alone, whatever others begin with it',
    createStorage: broken((sound) => ({
      delete: async (key, options) => {
        await sound.delete(key, options);
        await deleteAll(sound, key);
      },
    })),
  },
  {
    fault: 'delete that removes a whole folder',
    foundBy: 'keys: the folder of an object is no object',
    createStorage: broken((sound) => ({
      delete: async (key, options) => {
        await sound.delete(key, options);
        await deleteAll(sound, `${key}/`);
      },
    })),
  },
];

async function deleteAll(storage: StorageProvider, prefix: string): Promise<void> {
  for await (const { key } of storage.list({ prefix })) await storage.delete(key);
}
