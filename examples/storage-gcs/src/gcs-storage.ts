import { addAbortSignal } from 'node:stream';
import { type FileMetadata, Storage, type StorageOptions } from '@google-cloud/storage';
import { defineStorageProvider, type StorageErrorCode, withRetry } from '@metering/core';

/** The client's own options, and the bucket. `timeout` of a request in milliseconds: default 60,000. */
export type GcsStorageOptions = StorageOptions & { readonly bucket: string };

/** By HTTP status, or by the name of what failed on the way. */
const CODES: Readonly<Record<string, StorageErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'UNAVAILABLE',
  412: 'ALREADY_EXISTS',
  429: 'RATE_LIMITED',
  FetchError: 'UNAVAILABLE',
  AbortError: 'UNAVAILABLE',
};

/** Stores in a bucket of Google Cloud Storage. */
export function createGcsStorage({ bucket: name, timeout = 60_000, ...rest }: GcsStorageOptions) {
  const bucket = new Storage({ ...rest, timeout, retryOptions: { autoRetry: false } }).bucket(name);
  const storage = defineStorageProvider({
    name: 'gcs',
    capabilities: { exclusiveCreate: true, listOrder: 'utf8' },
    async put(key, body, { mode }) {
      const file = bucket.file(key);
      const preconditionOpts = mode === 'create' ? { ifGenerationMatch: 0 } : {};
      await file.save(body, { resumable: false, preconditionOpts });
      return { etag: toInfo(key, file.metadata).etag };
    },
    async get(key, { maxBytes }) {
      const range = Number.isFinite(maxBytes) ? { end: Math.floor(maxBytes) } : {};
      const stream = bucket.file(key).createReadStream({ ...range, decompress: false });
      const chunks = addAbortSignal(AbortSignal.timeout(timeout), stream).toArray();
      // 416: what is empty has no range.
      return Buffer.concat(await chunks.catch((e) => (e.code === 416 ? [] : findMissing(e))));
    },
    async head(key) {
      const [metadata] = await bucket.file(key).getMetadata().catch(findMissing);
      return toInfo(key, metadata);
    },
    delete: async (key) => void (await bucket.file(key).delete().catch(findMissing)),
    async *list({ prefix, startAfter }) {
      for await (const file of bucket.getFilesStream({ prefix, startOffset: startAfter })) {
        if (file.name !== startAfter) yield toInfo(file.name, file.metadata);
      }
    },
    keyProblem: (key) =>
      key.startsWith('.well-known/acme-challenge/') ? 'GCS holds no such key' : undefined,
    classifyError(error, { operation }) {
      const { code = '', name } = error as Error & { readonly code?: number | string };
      const noBucket = code === 404 && (operation === 'put' || operation === 'list');
      const known = noBucket ? 'CONTAINER_NOT_FOUND' : (CODES[code] ?? CODES[name]);
      return { code: known ?? (Number(code) >= 500 ? 'UNAVAILABLE' : 'UNKNOWN'), cause: undefined };
    },
  });
  /** A 404 does not say what is missing. If it is the bucket, listing fails, which says so. */
  async function findMissing(error: { readonly code?: unknown }): Promise<never> {
    if (error.code === 404) for await (const _ of storage.list({ startAfter: '\u{10ffff}' })) break;
    throw error;
  }
  return withRetry(storage);
}

function toInfo(key: string, { size, updated, generation }: FileMetadata) {
  return { key, size: Number(size), lastModified: new Date(updated!), etag: `${generation}` };
}
