import { describeValue, wrongArgument } from '../describe-value.ts';
import { isStorageError, StorageError, type StorageOperation } from '../errors/storage-error.ts';
import { completeListQuery } from './list-query.ts';
import { hasOddSegment, objectKeyProblem } from './object-key.ts';
import { StorageFault } from './storage-fault.ts';
import type { CallOptions, ListQuery, ObjectInfo, StorageProvider } from './storage-provider.ts';
import { toStorageError } from './to-storage-error.ts';
import { WrappedStorage } from './wrapped-storage.ts';

/**
 * A view of the objects below a prefix: keys are relative to it everywhere, in and out, in errors too.
 * Closing the view closes the storage.
 *
 * @param prefix Joined with a `/`; one at its end is dropped. `''` is the storage itself.
 * @throws TypeError for a prefix that no key can begin with.
 */
export function withPrefix(storage: StorageProvider, prefix: string): StorageProvider {
  if (prefix === '') return storage;
  if (typeof prefix !== 'string') throw wrongArgument('withPrefix: prefix', 'a string', prefix);
  const folder = prefix.endsWith('/') ? prefix : `${prefix}/`;
  const problem = objectKeyProblem(`${folder}k`);
  if (problem === undefined) return new PrefixedStorage(storage, folder);
  const advice = hasOddSegment(`${folder}k`)
    ? '. The Go SDK may have written there: move its files'
    : '';
  throw new TypeError(`withPrefix: invalid prefix ${describeValue(prefix)}: ${problem}${advice}`);
}

class PrefixedStorage extends WrappedStorage {
  readonly #prefix: string;

  constructor(storage: StorageProvider, prefix: string) {
    super(storage);
    this.#prefix = prefix;
  }

  override async head(key: string, options?: CallOptions): Promise<ObjectInfo> {
    return this.#relative(await super.head(key, options));
  }

  async *list(query: ListQuery = {}, options?: CallOptions): AsyncGenerator<ObjectInfo> {
    const { prefix, startAfter } = completeListQuery(query);
    const full = {
      prefix: this.#prefix + prefix,
      startAfter: startAfter && this.#prefix + startAfter,
    };
    try {
      for await (const info of this.storage.list(full, options)) yield this.#relative(info);
    } catch (error) {
      throw this.#relativeError(error, options);
    }
  }

  protected async around<T>(
    operation: StorageOperation,
    key: string,
    options: CallOptions | undefined,
    call: (inner: string) => Promise<T>,
  ): Promise<T> {
    const problem = objectKeyProblem(key);
    if (problem !== undefined) {
      const fault = new StorageFault({ code: 'INVALID_KEY', message: problem });
      throw toStorageError(this, fault, { operation, key });
    }
    try {
      return await call(this.#prefix + key);
    } catch (error) {
      throw this.#relativeError(error, options);
    }
  }

  #relative(info: ObjectInfo): ObjectInfo {
    return { ...info, key: info.key.slice(this.#prefix.length) };
  }

  /**
   * The same error with its key relative; its message still names the whole key.
   *
   * @throws the reason of an abort, which may be an error with a key, too.
   */
  #relativeError(error: unknown, options: CallOptions | undefined): unknown {
    options?.signal?.throwIfAborted();
    if (!isStorageError(error) || !error.key?.startsWith(this.#prefix)) return error;
    const { message, cause } = error;
    const key = error.key.slice(this.#prefix.length) || undefined;
    return new StorageError({ ...error, message, cause, key });
  }
}
