import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type PutObjectCommandInput,
  type PutObjectCommandOutput,
  type S3ServiceException,
} from '@aws-sdk/client-s3';
import {
  type BackendOptions,
  defineStorageProvider,
  type ErrorClass,
  type ErrorContext,
  type ObjectInfo,
  type Observers,
  type PutMode,
  type PutResult,
  type StorageBackend,
  StorageFault,
  type StorageOperation,
  type StorageProvider,
} from '@metering/core';
import { compareUtf8, delay, type ResponseBody, readBody } from '@metering/core/building-blocks';
import pLimit from 'p-limit';
import { Attempts } from './attempts.ts';
import { checkAnswer } from './check-answer.ts';
import { classifyError } from './classify-error.ts';
import { ExclusiveCreate, type ProbeCalls } from './exclusive-create.ts';
import { listObjects } from './list-objects.ts';
import { createClient } from './s3-client.ts';
import { checkS3Options, type S3ClientLike, type S3StorageOptions } from './s3-options.ts';

/** So often a call is made that failed in a way the SDK does not retry by itself. */
const ATTEMPTS = 4;
const BASE_DELAY_MS = 100;

/**
 * A bucket of Amazon S3, or of any store that speaks it.
 *
 * @throws TypeError for options that cannot be; the first call finds out the rest.
 */
export function createS3Storage(options: S3StorageOptions): StorageProvider {
  checkS3Options(options);
  return defineStorageProvider(new S3Backend(options));
}

class S3Backend implements StorageBackend {
  readonly name = 's3';
  readonly #bucket: string;
  readonly #client: S3ClientLike;
  readonly #checkAnswer: typeof checkAnswer;
  readonly #closeClient: () => void;
  readonly #exclusiveCreate: ExclusiveCreate;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #observers: Observers;
  #isClosed = false;

  constructor(options: S3StorageOptions) {
    this.#bucket = options.bucket;
    this.#exclusiveCreate = new ExclusiveCreate(options.exclusiveCreate);
    this.#limit = pLimit(options.concurrency ?? 16);
    this.#observers = options;
    if (options.client === undefined) {
      const client = createClient(options);
      this.#client = client;
      this.#closeClient = () => client.destroy();
      this.#checkAnswer = checkAnswer;
    } else {
      // Whoever gives a client knows what it talks to, and what that says.
      this.#client = options.client;
      this.#closeClient = () => undefined;
      this.#checkAnswer = () => undefined;
    }
  }

  get capabilities() {
    return { exclusiveCreate: this.#exclusiveCreate.state, listOrder: 'utf8' } as const;
  }

  get createProblem() {
    return this.#exclusiveCreate.problem;
  }

  async put(
    key: string,
    body: Uint8Array,
    { mode, signal }: BackendOptions & { readonly mode: PutMode },
  ): Promise<PutResult> {
    const attempts = this.#attempts('put', key);
    const output = await this.#retry(attempts, signal, () =>
      this.#send<PutObjectCommandOutput>(this.#putCommand(key, body, mode), attempts, signal),
    );
    this.#checkAnswer(output);
    return { etag: output.ETag };
  }

  async get(
    key: string,
    options: BackendOptions & { readonly maxBytes: number },
  ): Promise<Uint8Array> {
    const command = () => new GetObjectCommand({ Bucket: this.#bucket, Key: key });
    const attempts = this.#attempts('get', key);
    const { signal } = options;
    return this.#retry(attempts, signal, () =>
      this.#limit(async () => {
        const output = await this.#sendNow<GetObjectCommandOutput>(command(), attempts, signal);
        const { Body: body, ContentLength: contentLength } = output;
        const bytes = await readBody(body as unknown as ResponseBody, {
          ...options,
          contentLength,
        });
        this.#checkAnswer(output);
        return bytes;
      }),
    );
  }

  async head(key: string, { signal }: BackendOptions): Promise<ObjectInfo> {
    const command = new HeadObjectCommand({ Bucket: this.#bucket, Key: key });
    try {
      const attempts = this.#attempts('head', key);
      const output = await this.#send<HeadObjectCommandOutput>(command, attempts, signal);
      this.#checkAnswer(output);
      const { ContentLength: size, LastModified: lastModified, ETag: etag } = output;
      if (size === undefined) throw noSize();
      return { key, size, lastModified: lastModified ?? new Date(Number.NaN), etag };
    } catch (error) {
      if (!isNameless(error)) throw error;
      await this.#tellWhatIsWrong(key, signal);
      throw statusOf(error) === 404 ? wasMissing() : error;
    }
  }

  async delete(key: string, { signal }: BackendOptions): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: this.#bucket, Key: key });
    await this.#send(command, this.#attempts('delete', key), signal);
  }

  async *list(
    { prefix, startAfter }: { readonly prefix: string; readonly startAfter: string },
    { signal }: BackendOptions,
  ): AsyncGenerator<ObjectInfo> {
    const objects = listObjects((continuation) => {
      const command = this.#listCommand(prefix, startAfter, continuation);
      const attempts = this.#attempts('list', prefix || undefined);
      return this.#send<ListObjectsV2CommandOutput>(command, attempts, signal);
    });
    for await (const object of objects) {
      const { key } = object;
      if (key.startsWith(prefix) && compareUtf8(key, startAfter) > 0) yield object;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#closeClient();
  }

  classifyError(error: unknown, context: ErrorContext): ErrorClass | undefined {
    return classifyError(error, { ...context, bucket: this.#bucket });
  }

  /** A HEAD has no body to say what is wrong (the key, the bucket, the keys); a GET of the key's first byte has. */
  async #tellWhatIsWrong(key: string, signal: AbortSignal | undefined): Promise<void> {
    const command = new GetObjectCommand({ Bucket: this.#bucket, Key: key, Range: 'bytes=0-0' });
    const attempts = this.#attempts('head', key);
    const { Body: body } = await this.#send<GetObjectCommandOutput>(command, attempts, signal);
    (body as unknown as ResponseBody).destroy?.();
  }

  #listCommand(prefix: string, startAfter: string, continuation: string | undefined) {
    const place =
      continuation === undefined
        ? { StartAfter: withoutDots(startAfter) }
        : { ContinuationToken: continuation };
    return new ListObjectsV2Command({
      Bucket: this.#bucket,
      EncodingType: 'url',
      Prefix: withoutDots(prefix),
      ...place,
    });
  }

  #putCommand(key: string, body: Uint8Array, mode: PutMode): PutObjectCommand {
    const input: PutObjectCommandInput = { Bucket: this.#bucket, Key: key, Body: body };
    if (mode === 'overwrite') return new PutObjectCommand(input);
    const command = new PutObjectCommand({ ...input, IfNoneMatch: '*' });
    if (this.#exclusiveCreate.state !== true) this.#requireExclusiveCreate(command);
    return command;
  }

  /** Holds the request back, once its host is known, until `create` is known to be exclusive there. */
  #requireExclusiveCreate(command: PutObjectCommand): void {
    command.middlewareStack.add(
      (next) => async (args) => {
        const { hostname = '' } = args.request as { hostname?: string };
        await this.#exclusiveCreate.require(hostname, this.#probeCalls());
        return next(args);
      },
      { step: 'build', name: 'requireExclusiveCreate' },
    );
  }

  #probeCalls(): ProbeCalls {
    const input = { Bucket: this.#bucket, Body: new Uint8Array(), IfNoneMatch: '*' };
    return {
      create: async (key) => {
        try {
          const command = new PutObjectCommand({ ...input, Key: key });
          this.#checkAnswer(await this.#sendNow(command, this.#attempts('put', key), undefined));
          return true;
        } catch (error) {
          if (this.classifyError(error, { operation: 'put', key })?.code === 'ALREADY_EXISTS')
            return false;
          throw error;
        }
      },
      remove: async (key) => {
        const command = new DeleteObjectCommand({ Bucket: this.#bucket, Key: key });
        await this.#sendNow(command, this.#attempts('delete', key), undefined);
      },
    };
  }

  #attempts(operation: StorageOperation, key: string | undefined): Attempts {
    const context = { operation, key };
    return new Attempts(this, this.#observers, context, () => this.#checkOpen());
  }

  /** The SDK would make a call again whose socket `close` has ended, and leave that one open. */
  #checkOpen(): void {
    if (!this.#isClosed) return;
    throw new StorageFault({ code: 'UNKNOWN', message: 'the storage was closed meanwhile' });
  }

  #send<Output extends object>(
    command: object,
    attempts: Attempts,
    signal: AbortSignal | undefined,
  ): Promise<Output> {
    return this.#limit(() => this.#sendNow<Output>(command, attempts, signal));
  }

  async #sendNow<Output extends object>(
    command: object,
    attempts: Attempts,
    signal: AbortSignal | undefined,
  ): Promise<Output> {
    signal?.throwIfAborted();
    attempts.watch(command);
    return this.#client.send(command, signal && { abortSignal: signal }) as Promise<Output>;
  }

  /** Makes a call again where the SDK does not: an answer that broke off, and a conflict of two creates. */
  async #retry<T>(
    attempts: Attempts,
    signal: AbortSignal | undefined,
    run: () => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run();
      } catch (error) {
        if (attempt === ATTEMPTS || signal?.aborted || !mayPass(error)) throw error;
        attempts.failed(error);
        await delay(Math.random() * BASE_DELAY_MS * 2 ** attempt, signal);
      }
    }
  }
}

/**
 * MinIO refuses a listing from a segment `.` or `..` on (a backslash parts segments there too). From a bit
 * before it the listing has more, which is dropped.
 */
function withoutDots(text: string): string {
  return text.replace(/(^|[/\\])\.\.?(?:$|[/\\].*)/s, '$1');
}

/**
 * Conflicts with another write that is under way. versitygw says of a key that it is a folder while that
 * folder, empty by then, is being removed.
 */
const CONFLICTS = ['ConditionalRequestConflict', 'OperationAborted', 'ExistingObjectIsDirectory'];

function mayPass(error: unknown): boolean {
  return isBrokenOff(error) || CONFLICTS.includes((error as Error)?.name);
}

/** An answer that began and did not end. */
function isBrokenOff(error: unknown): boolean {
  return error instanceof StorageFault && error.errorClass.code === 'UNAVAILABLE';
}

/** A refusal that does not say what is wrong: the key, the bucket, the credentials, the clock. */
function isNameless(error: unknown): boolean {
  return [400, 403, 404].includes(statusOf(error) ?? 0);
}

function statusOf(error: unknown): number | undefined {
  return (error as S3ServiceException)?.$metadata?.httpStatusCode;
}

/** No size must not read as an empty object. */
function noSize(): StorageFault {
  const message = 'the answer does not say how large the object is; does a proxy change it?';
  return new StorageFault({ code: 'UNKNOWN', message });
}

/** It has come since the store was asked. */
function wasMissing(): StorageFault {
  return new StorageFault({ code: 'NOT_FOUND', message: 'no such object' });
}
