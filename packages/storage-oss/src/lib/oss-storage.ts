import {
  type BackendOptions,
  defineStorageProvider,
  type ErrorClass,
  type ObjectInfo,
  type PutMode,
  type PutResult,
  type StorageBackend,
  StorageFault,
  type StorageProvider,
  withRetry,
} from '@metering/core';
import OSS from 'ali-oss';
import pLimit from 'p-limit';
import { classifyError } from './classify-error.ts';
import { type CurrentCredentials, currentCredentials } from './credentials.ts';
import { ExclusiveCreate } from './exclusive-create.ts';
import { listObjects } from './list-objects.ts';
import { readAddress } from './oss-address.ts';
import type { OssClientLike } from './oss-client.ts';
import { checkOssOptions, type OssCredentials, type OssStorageOptions } from './oss-options.ts';
import { type CallContext, Transport } from './transport.ts';

/** OSS takes a byte less than S3. */
const MAX_KEY_BYTES = 1023;
const LIST_PAGE_KEYS = '1000';

/**
 * A bucket of Alibaba Cloud OSS.
 *
 * @throws TypeError for options that cannot be; the first call finds out the rest.
 */
export function createOssStorage(options: OssStorageOptions): StorageProvider {
  checkOssOptions(options);
  const storage = defineStorageProvider(new OssBackend(options));
  const { attempts, logger, onEvent } = options;
  return withRetry(storage, { attempts, logger, onEvent });
}

/** A client whose keys are set before each call; it reads them while it begins the call. */
interface OwnClient extends OssClientLike {
  readonly options: { accessKeyId: string; accessKeySecret: string; stsToken?: string | undefined };
}

class OssBackend implements StorageBackend {
  readonly name = 'oss';
  readonly #bucket: string;
  readonly #client: () => Promise<OssClientLike>;
  readonly #close: () => void;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #exclusiveCreate: ExclusiveCreate;

  constructor(options: OssStorageOptions) {
    this.#bucket = options.bucket;
    this.#limit = pLimit(options.concurrency ?? 16);
    this.#exclusiveCreate = new ExclusiveCreate(options);
    const { client, close } =
      options.client === undefined ? ownClient(options) : given(options.client);
    this.#client = client;
    this.#close = close;
  }

  get capabilities() {
    return { exclusiveCreate: this.#exclusiveCreate.state, listOrder: 'utf8' } as const;
  }

  get createProblem() {
    return this.#exclusiveCreate.problem;
  }

  keyProblem(key: string): string | undefined {
    if (key.startsWith('\\')) return 'OSS holds no key that begins with a backslash';
    if (Buffer.byteLength(key) <= MAX_KEY_BYTES) return undefined;
    return `OSS holds no key of more than ${MAX_KEY_BYTES} bytes of UTF-8`;
  }

  async put(
    key: string,
    body: Uint8Array,
    { mode, signal }: BackendOptions & { readonly mode: PutMode },
  ): Promise<PutResult> {
    if (mode === 'create') await this.#exclusiveCreate.require(() => this.#askVersioning());
    const headers = mode === 'create' ? { 'x-oss-forbid-overwrite': 'true' } : {};
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const { res } = await this.#call({ signal }, (client, ctx) =>
      client.put(key, bytes, { headers, ctx }),
    );
    return { etag: res.headers.etag };
  }

  async get(
    key: string,
    { maxBytes, signal }: BackendOptions & { readonly maxBytes: number },
  ): Promise<Uint8Array> {
    const { content } = await this.#call({ signal, maxBytes }, (client, ctx) =>
      client.get(key, { ctx }),
    );
    return content;
  }

  async head(key: string, { signal }: BackendOptions): Promise<ObjectInfo> {
    const { res } = await this.#call({ signal }, (client, ctx) => client.head(key, { ctx }));
    const { 'content-length': size, 'last-modified': lastModified, etag } = res.headers;
    if (size === undefined) throw noSize();
    return { key, size: Number(size), lastModified: new Date(lastModified ?? Number.NaN), etag };
  }

  async delete(key: string, { signal }: BackendOptions): Promise<void> {
    await this.#call({ signal }, (client, ctx) => client.delete(key, { ctx }));
  }

  async *list(
    { prefix, startAfter }: { readonly prefix: string; readonly startAfter: string },
    { signal }: BackendOptions,
  ): AsyncGenerator<ObjectInfo> {
    const query = listQuery(prefix, startAfter);
    yield* listObjects((token) => {
      const next = token === undefined ? {} : { 'continuation-token': token };
      return this.#call({ signal }, (client, ctx) => client.listV2({ ...query, ...next }, { ctx }));
    });
  }

  async close(): Promise<void> {
    this.#close();
  }

  classifyError(error: unknown): ErrorClass | undefined {
    return classifyError(error, this.#bucket);
  }

  #call<T>(
    context: CallContext,
    run: (client: OssClientLike, context: CallContext) => Promise<T>,
  ): Promise<T> {
    return this.#limit(async () => {
      context.signal?.throwIfAborted();
      return run(await this.#client(), context);
    });
  }

  async #askVersioning(): Promise<string | undefined> {
    const { versionStatus } = await this.#call({}, (client, ctx) =>
      client.getBucketVersioning(this.#bucket, { ctx }),
    );
    return versionStatus;
  }
}

/** A parameter without a value is left out: it would be signed in another way than the service does. */
function listQuery(prefix: string, startAfter: string): Readonly<Record<string, string>> {
  return {
    ...(prefix === '' ? {} : { prefix }),
    ...(startAfter === '' ? {} : { 'start-after': startAfter }),
    'max-keys': LIST_PAGE_KEYS,
    'encoding-type': 'url',
  };
}

/** No size must not read as a number. */
function noSize(): StorageFault {
  const message = 'the answer does not say how large the object is; does a proxy change it?';
  return new StorageFault({ code: 'UNKNOWN', message });
}

function given(client: OssClientLike) {
  return { client: async () => client, close: () => undefined };
}

function ownClient(options: OssStorageOptions) {
  const { endpoint, region, pathStyle, cname } = readAddress(options);
  const { concurrency = 16, requestTimeoutMs = 30_000, certificateAuthority } = options;
  const transport = new Transport({
    timeoutMs: requestTimeoutMs,
    maxSockets: concurrency,
    certificateAuthority,
  });
  const credentials = currentCredentials(options, region);
  let client: OwnClient | undefined;
  const make = (keys: OssCredentials) =>
    new OSS({
      accessKeyId: keys.accessKeyId,
      accessKeySecret: keys.accessKeySecret,
      bucket: options.bucket,
      endpoint,
      region: `oss-${region}`,
      secure: endpoint.startsWith('https:'),
      authorizationV4: true,
      cname,
      sldEnable: pathStyle,
      urllib: transport,
    }) as unknown as OwnClient;
  return {
    client: () =>
      withKeys(credentials, (keys) => {
        client ??= make(keys);
        return client;
      }),
    close: () => transport.close(),
  };
}

async function withKeys(
  credentials: CurrentCredentials,
  clientFor: (keys: OssCredentials) => OwnClient,
): Promise<OwnClient> {
  const keys = await credentials();
  const client = clientFor(keys);
  client.options.accessKeyId = keys.accessKeyId;
  client.options.accessKeySecret = keys.accessKeySecret;
  client.options.stsToken = keys.securityToken;
  return client;
}
