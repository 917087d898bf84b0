import { isStorageError, StorageError } from '../errors/storage-error.ts';
import { describeValue } from '../validation/issue-list.ts';
import { completeListQuery } from './list-query.ts';
import { objectKeyProblem, segmentsProblem } from './object-key.ts';
import { storageFailure } from './storage-failure.ts';
import type {
  CallOptions,
  GetOptions,
  ListQuery,
  ObjectInfo,
  PutOptions,
  StorageProvider,
} from './storage-provider.ts';

/**
 * A view of the objects below a prefix: keys are relative to it everywhere, in and out, in errors too.
 * Closing the view closes the storage.
 *
 * @param prefix Joined with a `/`; one at its end is dropped. `''` is the storage itself.
 * @throws TypeError for a prefix that no key can begin with.
 */
export function withPrefix(storage: StorageProvider, prefix: string): StorageProvider {
  if (prefix === '') return storage;
  const problem = prefixProblem(prefix);
  if (problem !== undefined) {
    throw new TypeError(`Invalid prefix ${describeValue(prefix)}: ${problem}`);
  }
  return new PrefixedStorage(storage, `${withoutTrailingSlash(prefix)}/`);
}

function withoutTrailingSlash(prefix: string): string {
  return prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
}

/** Why no key below the prefix is a key. */
function prefixProblem(prefix: unknown): string | undefined {
  if (typeof prefix !== 'string') return 'a prefix must be a string';
  const shortestKey = `${withoutTrailingSlash(prefix)}/k`;
  if (segmentsProblem(shortestKey) === undefined) return objectKeyProblem(shortestKey);
  return `${segmentsProblem(shortestKey)}. The Go SDK keeps such a prefix as typed, so it may have written files there; move them below a prefix without it`;
}

class PrefixedStorage implements StorageProvider {
  readonly #storage: StorageProvider;
  readonly #prefix: string;

  constructor(storage: StorageProvider, prefix: string) {
    this.#storage = storage;
    this.#prefix = prefix;
  }

  get name() {
    return this.#storage.name;
  }

  get capabilities() {
    return this.#storage.capabilities;
  }

  put(key: string, body: Uint8Array, options?: PutOptions) {
    return this.#call('put', key, (full) => this.#storage.put(full, body, options));
  }

  get(key: string, options?: GetOptions) {
    return this.#call('get', key, (full) => this.#storage.get(full, options));
  }

  async head(key: string, options?: CallOptions): Promise<ObjectInfo> {
    const info = await this.#call('head', key, (full) => this.#storage.head(full, options));
    return this.#relative(info);
  }

  delete(key: string, options?: CallOptions) {
    return this.#call('delete', key, (full) => this.#storage.delete(full, options));
  }

  async *list(query: ListQuery = {}, options?: CallOptions): AsyncGenerator<ObjectInfo> {
    const { prefix, startAfter } = completeListQuery(query);
    const full = {
      prefix: this.#prefix + prefix,
      startAfter: startAfter && this.#prefix + startAfter,
    };
    try {
      for await (const info of this.#storage.list(full, options)) yield this.#relative(info);
    } catch (error) {
      throw this.#relativeError(error);
    }
  }

  close() {
    return this.#storage.close();
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }

  async #call<T>(
    operation: 'put' | 'get' | 'head' | 'delete',
    key: string,
    run: (full: string) => Promise<T>,
  ): Promise<T> {
    const problem = objectKeyProblem(key);
    if (problem !== undefined) {
      throw storageFailure({
        code: 'INVALID_KEY',
        provider: this.name,
        operation,
        key,
        problem,
      });
    }
    try {
      return await run(this.#prefix + key);
    } catch (error) {
      throw this.#relativeError(error);
    }
  }

  #relative(info: ObjectInfo): ObjectInfo {
    return { ...info, key: info.key.slice(this.#prefix.length) };
  }

  /** The same error with its key relative; its message still names the whole key. */
  #relativeError(error: unknown): unknown {
    if (!isStorageError(error) || !error.key?.startsWith(this.#prefix)) return error;
    const { code, message, provider, operation, retryable, cause } = error;
    const key = error.key.slice(this.#prefix.length) || undefined;
    return new StorageError({ code, message, provider, operation, retryable, cause, key });
  }
}
