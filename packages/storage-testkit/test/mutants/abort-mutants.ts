import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { CallOptions, StorageProvider } from '@metering/core';
import { broken, type Mutant } from './mutant.ts';

export const abortMutants: readonly Mutant[] = [
  {
    fault: 'put that ignores an abort',
    foundBy: 'put: aborted before, it rejects with signal.reason and does nothing',
    createStorage: broken((sound) => ({
      put: (key, body, options) => sound.put(key, body, { mode: options?.mode }),
    })),
  },
  {
    fault: 'delete that ignores an abort',
    foundBy: 'delete: aborted before, it rejects with signal.reason and does nothing',
    createStorage: broken((sound) => ({ delete: (key) => sound.delete(key) })),
  },
  {
    fault: 'list that ignores an abort',
    foundBy: 'list: aborted in the middle, it rejects with signal.reason and is at its end',
    createStorage: broken((sound) => ({
      list: async function* (query, options) {
        options?.signal?.throwIfAborted();
        yield* sound.list(query);
      },
    })),
  },
  {
    fault: 'calls that listen to their signal for ever',
    foundBy: 'abort: a call that has ended leaves no listener on its signal',
    createStorage: broken((sound) => ({
      head: (key, options) => {
        options?.signal?.addEventListener('abort', () => undefined);
        return sound.head(key, options);
      },
    })),
  },
  {
    fault: 'put that stores although it was aborted before',
    foundBy: 'put: aborted before, it rejects with signal.reason and does nothing',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        const result = await sound.put(key, body, { mode: options?.mode });
        options?.signal?.throwIfAborted();
        return result;
      },
    })),
  },
  {
    fault: 'get that looks at the signal only before it begins',
    foundBy: 'get: aborted while it runs, it rejects at once with signal.reason',
    createStorage: broken((sound) => ({
      get: async (key, { signal, ...options } = {}) => {
        signal?.throwIfAborted();
        const body = await sound.get(key, options);
        await turns(20);
        return body;
      },
    })),
  },
  {
    fault: 'get that waits for the store before it heeds an abort',
    foundBy: 'get: aborted while it runs, it rejects at once with signal.reason',
    createStorage: broken((sound) => ({
      get: async (key, { signal, ...options } = {}) => {
        signal?.throwIfAborted();
        const body = await sound.get(key, options);
        if (signal !== undefined) await sleep(10_000, undefined, { ref: false });
        signal?.throwIfAborted();
        return body;
      },
    })),
  },
  {
    fault: 'put that leaves a part of the object when it is aborted',
    foundBy: 'put: aborted while it runs, the object is whole or absent',
    createStorage: broken((sound) => ({
      put: async (key, body, options) => {
        if (options?.signal) await sound.put(key, body.subarray(0, 10), options);
        await turn();
        options?.signal?.throwIfAborted();
        return sound.put(key, body, options);
      },
    })),
  },
  {
    fault: 'an abort that is wrapped in another error',
    foundBy: 'head: aborted before, it rejects with signal.reason and does nothing',
    createStorage: aborting((signal) => {
      throw new Error('aborted', { cause: signal.reason });
    }),
  },
  {
    fault: 'an abort that is always an AbortError',
    foundBy: 'abort: signal.reason may be any value and is passed on as it is',
    createStorage: aborting(() => {
      throw new DOMException('aborted', 'AbortError');
    }),
  },
  {
    fault: 'an abort whose reason must be an error',
    foundBy: 'abort: signal.reason may be any value and is passed on as it is',
    createStorage: aborting(({ reason }) => {
      throw reason instanceof Error ? reason : new Error(String(reason));
    }),
  },
];

/** Storage whose `head` is aborted in its own way. */
function aborting(onAborted: (signal: AbortSignal) => never): () => StorageProvider {
  return broken((sound) => ({
    head: async (key: string, options?: CallOptions) => {
      if (options?.signal?.aborted) onAborted(options.signal);
      return sound.head(key, options);
    },
  }));
}

async function turns(count: number): Promise<void> {
  for (let index = 0; index < count; index++) await turn();
}
