import { compareUtf8 } from '../keys/utf8.ts';
import { defineStorageProvider } from './define-storage-provider.ts';
import type { StorageBackend } from './storage-backend.ts';
import { StorageFault } from './storage-fault.ts';
import type { ObjectInfo, PutMode, PutResult, StorageProvider } from './storage-provider.ts';

/** A store in memory, for tests and examples. It keeps the whole contract; nothing outlives it. */
export function createMemoryStorage(): StorageProvider {
  return defineStorageProvider(new MemoryBackend());
}

interface StoredObject {
  readonly body: Uint8Array;
  readonly info: ObjectInfo;
}

class MemoryBackend implements StorageBackend {
  readonly name = 'memory';
  readonly capabilities = { exclusiveCreate: true, listOrder: 'utf8' } as const;
  readonly #objects = new Map<string, StoredObject>();
  /** Every key in order, and some that are gone; undefined when a key has come since. */
  #sortedKeys: readonly string[] | undefined;
  #version = 0;

  async put(key: string, body: Uint8Array, { mode }: { mode: PutMode }): Promise<PutResult> {
    const known = this.#objects.has(key);
    if (known && mode === 'create')
      throw new StorageFault({ code: 'ALREADY_EXISTS', message: 'an object exists' });
    if (!known) this.#sortedKeys = undefined;
    this.#version += 1;
    const etag = `"${this.#version}"`;
    const info = { key, size: body.byteLength, lastModified: new Date(), etag };
    this.#objects.set(key, { body: body.slice(), info });
    return { etag };
  }

  async get(key: string): Promise<Uint8Array> {
    return this.#find(key).body.slice();
  }

  async head(key: string): Promise<ObjectInfo> {
    return copyOf(this.#find(key).info);
  }

  async delete(key: string): Promise<void> {
    this.#objects.delete(key);
  }

  async *list(query: { prefix: string; startAfter: string }): AsyncGenerator<ObjectInfo> {
    this.#sortedKeys ??= [...this.#objects.keys()].sort(compareUtf8);
    const keys = this.#sortedKeys;
    for (let index = firstMatch(keys, query); index < keys.length; index++) {
      const key = keys[index]!;
      if (!key.startsWith(query.prefix)) return;
      const object = this.#objects.get(key);
      if (object !== undefined) yield copyOf(object.info);
    }
  }

  /** All that it throws has its class. */
  classifyError(): undefined {
    return undefined;
  }

  #find(key: string): StoredObject {
    const object = this.#objects.get(key);
    if (object === undefined)
      throw new StorageFault({ code: 'NOT_FOUND', message: 'no such object' });
    return object;
  }
}

/** What a caller may do as he likes with. */
function copyOf(info: ObjectInfo): ObjectInfo {
  return { ...info, lastModified: new Date(info.lastModified) };
}

/** Where the keys from `prefix` on and after `startAfter` begin. */
function firstMatch(
  keys: readonly string[],
  { prefix, startAfter }: { prefix: string; startAfter: string },
): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const key = keys[middle]!;
    const before =
      compareUtf8(key, prefix) < 0 || (startAfter !== '' && compareUtf8(key, startAfter) <= 0);
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}
