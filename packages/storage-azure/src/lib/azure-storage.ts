import {
  type BackendOptions,
  defineStorageProvider,
  type ErrorClass,
  type ErrorContext,
  type ObjectInfo,
  type PutMode,
  type PutResult,
  type StorageBackend,
  StorageFault,
  type StorageProvider,
  withRetry,
} from '@metering/core';
import { type ResponseBody, readBody } from '@metering/core/building-blocks';
import pLimit from 'p-limit';
import type { AzureClientLike, BlobPage, BlobQuery } from './azure-client.ts';
import { type AzureStorageOptions, checkAzureOptions } from './azure-options.ts';
import { classifyError, saysExists } from './classify-error.ts';
import { createClient } from './create-client.ts';
import { keyProblem } from './key-problem.ts';
import { listBlobs } from './list-blobs.ts';

/** The most that the service gives. */
const LIST_PAGE_BLOBS = 5000;

/**
 * A container of Azure Blob Storage.
 *
 * @throws TypeError for options that cannot be; the first call finds out the rest.
 */
export function createAzureStorage(options: AzureStorageOptions): StorageProvider {
  checkAzureOptions(options);
  const { client, logger, onEvent } = options;
  return withRetry(defineStorageProvider(new AzureBackend(options)), {
    attempts: options.attempts ?? (client === undefined ? 5 : 1),
    logger,
    onEvent,
  });
}

class AzureBackend implements StorageBackend {
  readonly name = 'azure';
  /** Azure orders names as Windows does: https://github.com/blobfile/blobfile/pull/238 */
  readonly capabilities = { exclusiveCreate: true, listOrder: 'utf16' } as const;
  readonly #container: string;
  readonly #client: AzureClientLike;
  readonly #closeClient: () => void;
  readonly #limit: ReturnType<typeof pLimit>;

  constructor(options: AzureStorageOptions) {
    const { client, close } =
      options.client === undefined
        ? createClient(options)
        : { client: options.client, close: () => undefined };
    this.#container = options.container;
    this.#client = client;
    this.#closeClient = close;
    this.#limit = pLimit(options.concurrency ?? 16);
  }

  readonly keyProblem = keyProblem;

  classifyError(error: unknown, context: ErrorContext): ErrorClass | undefined {
    return classifyError(error, { ...context, container: this.#container });
  }

  async put(
    key: string,
    body: Uint8Array,
    { mode, signal }: BackendOptions & { readonly mode: PutMode },
  ): Promise<PutResult> {
    const condition = mode === 'create' ? { conditions: { ifNoneMatch: '*' } } : {};
    try {
      const { etag } = await this.#call(signal, (abortSignal) =>
        this.#blob(key).upload(body, body.byteLength, { abortSignal, ...condition }),
      );
      return { etag };
    } catch (error) {
      if (mode === 'overwrite' || !saysExists(error)) throw error;
      throw new StorageFault({
        code: 'ALREADY_EXISTS',
        message: 'an object exists under this key',
      });
    }
  }

  async get(
    key: string,
    { maxBytes, signal }: BackendOptions & { readonly maxBytes: number },
  ): Promise<Uint8Array> {
    return this.#call(signal, async (abortSignal) => {
      const { contentLength, readableStreamBody } = await this.#blob(key).download(0, undefined, {
        abortSignal,
        maxRetryRequests: 0,
      });
      return readBody(readableStreamBody as unknown as ResponseBody, { contentLength, maxBytes });
    });
  }

  async head(key: string, { signal }: BackendOptions): Promise<ObjectInfo> {
    const properties = await this.#call(signal, (abortSignal) =>
      this.#blob(key).getProperties({ abortSignal }),
    );
    const { contentLength, lastModified = new Date(Number.NaN), etag } = properties;
    if (contentLength === undefined || etag === undefined) throw noProperties();
    return { key, size: contentLength, lastModified, etag };
  }

  async delete(key: string, { signal }: BackendOptions): Promise<void> {
    await this.#call(signal, (abortSignal) => this.#blob(key).delete({ abortSignal }));
  }

  async *list(
    { prefix, startAfter }: { readonly prefix: string; readonly startAfter: string },
    { signal }: BackendOptions,
  ): AsyncGenerator<ObjectInfo> {
    const isWithin = startAfter.startsWith(prefix);
    if (startAfter > prefix && !isWithin) return;
    const startFrom = isWithin ? nameBefore(startAfter) : '';
    // A parameter without a value would be signed in another way than the service does.
    const query = { ...(prefix && { prefix }), ...(startFrom && { startFrom }) };
    yield* listBlobs((token) => this.#listPage(query, token, signal), startAfter);
  }

  async close(): Promise<void> {
    this.#closeClient();
  }

  #blob(key: string) {
    return this.#client.getBlockBlobClient(key);
  }

  #listPage(
    query: BlobQuery,
    continuationToken: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<BlobPage> {
    const settings = { maxPageSize: LIST_PAGE_BLOBS };
    return this.#call(signal, async (abortSignal) => {
      const pages = this.#client
        .listBlobsFlat({ ...query, abortSignal })
        .byPage(continuationToken === undefined ? settings : { ...settings, continuationToken });
      for await (const page of pages) return page;
      return { segment: { blobItems: [] } };
    });
  }

  /** Makes a call when it is its turn. */
  #call<T>(
    signal: AbortSignal | undefined,
    run: (abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#limit(async () => {
      signal?.throwIfAborted();
      return run(signal ?? new AbortController().signal);
    });
  }
}

/** To the client any answer of 200 is one, the page of a proxy too, of which it would take an object to be there. */
function noProperties(): StorageFault {
  const message =
    'what answered gives no size or no etag: it may be no Azure, or a proxy changes it; check the endpoint';
  return new StorageFault({ code: 'UNKNOWN', message });
}

/** As much of a text as the service takes for a name. From a bit before it the listing has more, which is dropped. */
function nameBefore(text: string): string {
  return /^[^\p{Cc}\ufffe\uffff]{0,1024}/u.exec(text)![0];
}
