/** What every call to a client may carry. */
export interface AzureCallOptions {
  readonly abortSignal?: AbortSignal;
}

/** What the service says of a blob. */
export interface BlobProperties {
  readonly contentLength?: number | undefined;
  readonly lastModified?: Date | undefined;
  readonly etag?: string | undefined;
}

/** The answer to a download. */
export interface BlobDownload {
  readonly contentLength?: number | undefined;
  readonly readableStreamBody?: NodeJS.ReadableStream | undefined;
}

/** The calls of a `BlockBlobClient` that are made. */
export interface AzureBlobLike {
  /** Put Blob, of the whole body. */
  upload(
    body: Uint8Array,
    contentLength: number,
    options: AzureCallOptions & { conditions?: { ifNoneMatch: string } },
  ): Promise<{ readonly etag?: string | undefined }>;
  /** Get Blob, from `offset` to its end. */
  download(
    offset: number,
    count: undefined,
    options: AzureCallOptions & { readonly maxRetryRequests: number },
  ): Promise<BlobDownload>;
  /** Get Blob Properties. */
  getProperties(options: AzureCallOptions): Promise<BlobProperties>;
  /** Delete Blob. */
  delete(options: AzureCallOptions): Promise<unknown>;
}

/** A blob as a listing has it. */
export interface ListedBlob {
  readonly name: string;
  readonly properties: BlobProperties;
}

/** One answer to a listing. */
export interface BlobPage {
  readonly segment: { readonly blobItems: readonly ListedBlob[] };
  readonly continuationToken?: string | undefined;
}

/** Which blobs to list. */
export interface BlobQuery extends AzureCallOptions {
  readonly prefix?: string;
  /** Inclusive. A client that is too old to know it leaves it out. */
  readonly startFrom?: string;
}

/** A listing, answer by answer. */
export interface BlobPages {
  /** The answers of List Blobs, one request each. */
  byPage(settings: { maxPageSize: number; continuationToken?: string }): AsyncIterable<BlobPage>;
}

/** The calls of a `ContainerClient` that are made; any of its twelfth major fits. */
export interface AzureClientLike {
  readonly containerName: string;
  /** The client of one blob, without a request. */
  getBlockBlobClient(name: string): AzureBlobLike;
  /** All blobs below a prefix, whatever their slashes. */
  listBlobsFlat(query: BlobQuery): BlobPages;
}

/** Gives tokens of Microsoft Entra ID: any credential of `@azure/identity`. */
export interface AzureTokenCredential {
  /** A token for the scopes, or `null` where none can be had. */
  getToken(
    scopes: string | string[],
    options?: object,
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}
