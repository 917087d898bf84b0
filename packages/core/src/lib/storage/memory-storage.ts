import { compareUtf8 } from '../keys/utf8.ts';
import { defineStorageProvider } from './define-storage-provider.ts';
import type { CompleteListQuery } from './list-query.ts';
import type { StorageBackend } from './storage-backend.ts';
import { StorageFault } from './storage-fault.ts';
import type { ObjectInfo, PutMode, PutResult, StorageProvider } from './storage-provider.ts';

/** A store in memory, for tests and examples. It keeps the whole contract; nothing outlives it. */
export function createMemoryStorage(): StorageProvider {
  return defineStorageProvider(new MemoryBackend());
}

interface StoredObject {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly modifiedMs: number;
}

class MemoryBackend implements StorageBackend {
  readonly name = 'memory';
  readonly capabilities = { exclusiveCreate: true, listOrder: 'utf8' } as const;
  readonly #objects = new Map<string, StoredObject>();
  /** Every key in order, and some that are gone; undefined when a key has come since. */
  #sortedKeys: readonly string[] | undefined;
  #version = 0;

  async put(key: string, body: Uint8Array, { mode }: { mode: PutMode }): Promise<PutResult> {
    if (!this.#objects.has(key)) this.#sortedKeys = undefined;
    else if (mode === 'create') {
      throw new StorageFault({ code: 'ALREADY_EXISTS', message: 'an object exists' });
    }
    this.#version += 1;
    const etag = `"${this.#version}"`;
    this.#objects.set(key, { body: new Uint8Array(body), etag, modifiedMs: Date.now() });
    return { etag };
  }

  async get(key: string): Promise<Uint8Array> {
    return new Uint8Array(this.#find(key).body);
  }

  async head(key: string): Promise<ObjectInfo> {
    return toInfo(key, this.#find(key));
  }

  async delete(key: string): Promise<void> {
    this.#objects.delete(key);
  }

  async *list({ prefix, startAfter }: CompleteListQuery): AsyncGenerator<ObjectInfo> {
    this.#sortedKeys ??= [...this.#objects.keys()].sort(compareUtf8);
    const keys = this.#sortedKeys;
    const first = compareUtf8(prefix, startAfter) > 0 ? prefix : startAfter;
    for (let index = lowerBound(keys, first); keys[index]?.startsWith(prefix); index++) {
      const key = keys[index]!;
      const object = this.#objects.get(key);
      if (object !== undefined && key !== startAfter) yield toInfo(key, object);
    }
  }

  /** All that it throws has its class. */
  classifyError(): undefined {}

  #find(key: string): StoredObject {
    const object = this.#objects.get(key);
    if (object !== undefined) return object;
    throw new StorageFault({ code: 'NOT_FOUND', message: 'no such object' });
  }
}

function toInfo(key: string, { body, etag, modifiedMs }: StoredObject): ObjectInfo {
  return { key, size: body.byteLength, lastModified: new Date(modifiedMs), etag };
}

/** The index of the first key that is not before `first`. */
function lowerBound(keys: readonly string[], first: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareUtf8(keys[middle]!, first) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
