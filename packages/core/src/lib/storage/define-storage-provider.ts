import { wrongArgument } from '../describe-value.ts';
import type { StorageOperation } from '../errors/storage-error.ts';
import { plainBytes } from '../plain-bytes.ts';
import { abortable } from './abortable.ts';
import { completeListQuery } from './list-query.ts';
import { canBeginKey, objectKeyProblem } from './object-key.ts';
import type { StorageBackend } from './storage-backend.ts';
import { StorageFault, tooLarge } from './storage-fault.ts';
import type {
  CallOptions,
  GetOptions,
  ListQuery,
  ObjectInfo,
  PutOptions,
  PutResult,
  StorageProvider,
} from './storage-provider.ts';
import { throwUnlessMissing } from './throw-unless-missing.ts';
import { toStorageError } from './to-storage-error.ts';

/**
 * Makes a provider of raw calls. It checks keys and arguments, fills in defaults, refuses `create`
 * where it is not exclusive, rejects at once on abort, wraps what is thrown once (by
 * `backend.classifyError`), and leaves out of listings what no `get` could name.
 */
export function defineStorageProvider(backend: StorageBackend): StorageProvider {
  return new DefinedProvider(backend);
}

class DefinedProvider implements StorageProvider {
  readonly #backend: StorageBackend;
  #closed: Promise<void> | undefined;

  constructor(backend: StorageBackend) {
    this.#backend = backend;
  }

  get name() {
    return this.#backend.name;
  }

  get capabilities() {
    return this.#backend.capabilities;
  }

  async put(key: string, body: Uint8Array, options: PutOptions = {}): Promise<PutResult> {
    const { mode = 'overwrite' } = options;
    if (!(body instanceof Uint8Array)) throw wrongArgument('put: body', 'a Uint8Array', body);
    if (mode !== 'overwrite' && mode !== 'create') {
      throw wrongArgument('put: mode', '"overwrite" or "create"', mode);
    }
    return this.#call('put', key, options, (signal) => {
      if (mode === 'create' && this.capabilities.exclusiveCreate === false) {
        const message = this.#backend.createProblem ?? 'this store has no exclusive create';
        throw new StorageFault({ code: 'UNSUPPORTED', message });
      }
      return this.#backend.put(key, plainBytes(body), { mode, signal });
    });
  }

  async get(key: string, options: GetOptions = {}): Promise<Uint8Array> {
    const { maxBytes = Number.POSITIVE_INFINITY } = options;
    if (typeof maxBytes !== 'number' || !(maxBytes >= 0)) {
      throw wrongArgument('get: maxBytes', 'a number from 0', maxBytes);
    }
    return this.#call('get', key, options, (signal) =>
      this.#backend.get(key, { maxBytes, signal }).then((body) => {
        if (body.byteLength > maxBytes) throw tooLarge(maxBytes);
        return plainBytes(body);
      }),
    );
  }

  async head(key: string, options: CallOptions = {}): Promise<ObjectInfo> {
    return this.#call('head', key, options, (signal) => this.#backend.head(key, { signal }));
  }

  async delete(key: string, options: CallOptions = {}): Promise<void> {
    return this.#call('delete', key, options, (signal) =>
      this.#backend.delete(key, { signal }),
    ).catch((error) => throwUnlessMissing(error, options));
  }

  async *list(query: ListQuery = {}, { signal }: CallOptions = {}): AsyncGenerator<ObjectInfo> {
    const complete = completeListQuery(query);
    this.#checkOpen();
    signal?.throwIfAborted();
    if (!canBeginKey(complete.prefix)) return;
    const own = signal && new AbortController();
    let objects: AsyncIterator<ObjectInfo> | undefined;
    try {
      for (;;) {
        const { done, value } = await this.#guard(
          'list',
          complete.prefix || undefined,
          signal,
          () => {
            objects ??= this.#backend
              .list(complete, { signal: own?.signal })
              [Symbol.asyncIterator]();
            return objects.next();
          },
        );
        if (done) {
          objects = undefined;
          return;
        }
        if (this.#keyProblem(value.key) === undefined) yield value;
      }
    } finally {
      passOnAbort(signal, own);
      // An abort is not held up by a backend that hangs in its last request, and a failure to clean up
      // does not hide what the listing ended with.
      await abortable(end(objects), signal).catch(() => undefined);
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#guard('close', undefined, undefined, async () =>
      this.#backend.close?.(),
    );
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #call<T>(
    operation: StorageOperation,
    key: string,
    { signal }: CallOptions,
    run: (signal: AbortSignal | undefined) => Promise<T>,
  ): Promise<T> {
    this.#checkOpen();
    const own = signal && new AbortController();
    const outcome = this.#guard(operation, key, signal, () => {
      const message = this.#keyProblem(key);
      if (message !== undefined) throw new StorageFault({ code: 'INVALID_KEY', message });
      return run(own?.signal);
    });
    return own ? outcome.finally(() => passOnAbort(signal, own)) : outcome;
  }

  /** Runs a call of the backend: an abort goes first, any other error is wrapped. */
  async #guard<T>(
    operation: StorageOperation,
    key: string | undefined,
    signal: AbortSignal | undefined,
    run: () => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    try {
      return await abortable(run(), signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw toStorageError(this.#backend, error, { operation, key });
    }
  }

  #keyProblem(key: string): string | undefined {
    return objectKeyProblem(key) ?? this.#backend.keyProblem?.(key);
  }

  #checkOpen(): void {
    if (this.#closed !== undefined) throw new TypeError(`The ${this.name} storage is closed`);
  }
}

async function end(objects: AsyncIterator<ObjectInfo> | undefined): Promise<void> {
  await objects?.return?.();
}

/**
 * Aborts what is still under way for a caller who has his answer. A backend gets a signal of its own
 * for each call: clients add listeners to it, and Node warns of a signal with many, as one has that
 * the caller uses for many calls.
 */
function passOnAbort(caller: AbortSignal | undefined, own: AbortController | undefined): void {
  if (caller?.aborted) own?.abort(caller.reason);
}
