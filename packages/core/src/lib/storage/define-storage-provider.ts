import {
  isStorageError,
  StorageError,
  type StorageErrorCode,
  type StorageOperation,
} from '../errors/storage-error.ts';
import { describeValue } from '../validation/issue-list.ts';
import { abortable } from './abortable.ts';
import { objectKeyProblem } from './object-key.ts';
import type { StorageBackend } from './storage-backend.ts';
import type {
  CallOptions,
  GetOptions,
  ListQuery,
  ObjectInfo,
  PutOptions,
  PutResult,
  StorageProvider,
} from './storage-provider.ts';

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
    const { mode = 'overwrite', signal } = options;
    if (!(body instanceof Uint8Array)) {
      throw new TypeError(`put: body must be a Uint8Array, got ${describeValue(body)}`);
    }
    if (mode !== 'overwrite' && mode !== 'create') {
      throw new TypeError(`put: mode must be "overwrite" or "create", got ${describeValue(mode)}`);
    }
    if (mode === 'create' && this.capabilities.exclusiveCreate === false) {
      this.#checkKey('put', key);
      throw this.#error('UNSUPPORTED', 'put', key, 'this store has no exclusive create');
    }
    return this.#call('put', key, signal, () => this.#backend.put(key, body, { mode, signal }));
  }

  async get(key: string, options: GetOptions = {}): Promise<Uint8Array> {
    const { maxBytes = Number.POSITIVE_INFINITY, signal } = options;
    if (typeof maxBytes !== 'number' || !(maxBytes >= 0)) {
      throw new TypeError(`get: maxBytes must be a number from 0, got ${describeValue(maxBytes)}`);
    }
    const body = await this.#call('get', key, signal, () =>
      this.#backend.get(key, { maxBytes, signal }),
    );
    if (body.byteLength <= maxBytes) return body;
    throw this.#error('TOO_LARGE', 'get', key, `the object is larger than ${maxBytes} bytes`);
  }

  async head(key: string, options: CallOptions = {}): Promise<ObjectInfo> {
    const { signal } = options;
    return this.#call('head', key, signal, () => this.#backend.head(key, { signal }));
  }

  async delete(key: string, options: CallOptions = {}): Promise<void> {
    const { signal } = options;
    try {
      await this.#call('delete', key, signal, () => this.#backend.delete(key, { signal }));
    } catch (error) {
      if (!isStorageError(error, 'NOT_FOUND')) throw error;
    }
  }

  async *list(query: ListQuery = {}, options: CallOptions = {}): AsyncGenerator<ObjectInfo> {
    const { prefix = '', startAfter = '' } = query;
    const { signal } = options;
    this.#checkQuery(prefix, startAfter);
    this.#checkOpen();
    signal?.throwIfAborted();
    const objects = this.#backend.list({ prefix, startAfter }, { signal })[Symbol.asyncIterator]();
    let finished = false;
    try {
      for (;;) {
        const next = await this.#guard('list', prefix, signal, () => objects.next());
        finished = next.done === true;
        if (next.done) return;
        if (this.#keyProblem(next.value.key) === undefined) yield next.value;
      }
    } finally {
      // Not awaited: a backend that hangs in its last request must not hold up an abort.
      if (!finished) objects.return?.()?.then(undefined, () => undefined);
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

  async #call<T>(
    operation: StorageOperation,
    key: string,
    signal: AbortSignal | undefined,
    run: () => Promise<T>,
  ): Promise<T> {
    this.#checkKey(operation, key);
    this.#checkOpen();
    signal?.throwIfAborted();
    return this.#guard(operation, key, signal, run);
  }

  /** Runs a call of the backend: an abort goes first, any other error is wrapped. */
  async #guard<T>(
    operation: StorageOperation,
    key: string | undefined,
    signal: AbortSignal | undefined,
    run: () => Promise<T>,
  ): Promise<T> {
    try {
      return await abortable(run(), signal);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw this.#wrap(error, operation, key);
    }
  }

  #wrap(error: unknown, operation: StorageOperation, key: string | undefined): StorageError {
    if (isStorageError(error)) return error;
    const known = this.#backend.classifyError(error, { operation, key }) ?? { code: 'UNKNOWN' };
    const message = known.message ?? (error instanceof Error ? error.message : String(error));
    const cause = 'cause' in known ? known.cause : error;
    return this.#error(known.code, operation, key, message, { cause, retryable: known.retryable });
  }

  #error(
    code: StorageErrorCode,
    operation: StorageOperation,
    key: string | undefined,
    message: string,
    rest: { readonly cause?: unknown; readonly retryable?: boolean | undefined } = {},
  ): StorageError {
    const subject = key ? ` ${JSON.stringify(key)}` : '';
    return new StorageError({
      code,
      message: `${this.name} ${operation}${subject}: ${message}`,
      provider: this.name,
      operation,
      key,
      ...rest,
    });
  }

  #checkKey(operation: StorageOperation, key: string): void {
    const problem = this.#keyProblem(key);
    if (problem === undefined) return;
    throw this.#error('INVALID_KEY', operation, typeof key === 'string' ? key : undefined, problem);
  }

  #keyProblem(key: string): string | undefined {
    return objectKeyProblem(key) ?? this.#backend.keyProblem?.(key);
  }

  #checkQuery(prefix: unknown, startAfter: unknown): void {
    for (const [name, value] of Object.entries({ prefix, startAfter })) {
      if (typeof value === 'string') continue;
      throw new TypeError(`list: ${name} must be a string, got ${describeValue(value)}`);
    }
  }

  #checkOpen(): void {
    if (this.#closed !== undefined) throw new TypeError(`The ${this.name} storage is closed`);
  }
}
