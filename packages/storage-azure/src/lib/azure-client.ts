/** What every call to a client may carry. */
export interface AzureCallOptions {
  readonly abortSignal?: AbortSignal;
}

export interface BlobProperties {
  readonly contentLength?: number | undefined;
  readonly lastModified?: Date | undefined;
  readonly etag?: string | undefined;
}

export interface BlobDownload {
  readonly contentLength?: number | undefined;
  readonly readableStreamBody?: NodeJS.ReadableStream | undefined;
}

/** The calls of a `BlockBlobClient` that are made. */
export interface AzureBlobLike {
  upload(
    body: Uint8Array,
    contentLength: number,
    options: AzureCallOptions & { conditions?: { ifNoneMatch: string } },
  ): Promise<{ readonly etag?: string | undefined }>;
  download(
    offset: number,
    count: undefined,
    options: AzureCallOptions & { readonly maxRetryRequests: number },
  ): Promise<BlobDownload>;
  getProperties(options: AzureCallOptions): Promise<BlobProperties>;
  delete(options: AzureCallOptions): Promise<unknown>;
}

export interface ListedBlob {
  readonly name: string;
  readonly properties: BlobProperties;
}

export interface BlobPage {
  readonly segment: { readonly blobItems: readonly ListedBlob[] };
  readonly continuationToken?: string | undefined;
}

export interface BlobQuery extends AzureCallOptions {
  readonly prefix?: string;
  /** Inclusive. A client that is too old to know it leaves it out. */
  readonly startFrom?: string;
}

export interface BlobPages {
  byPage(settings: { maxPageSize: number; continuationToken?: string }): AsyncIterable<BlobPage>;
}

/** The calls of a `ContainerClient` that are made; any of its twelfth major fits. */
export interface AzureClientLike {
  readonly containerName: string;
  getBlockBlobClient(name: string): AzureBlobLike;
  listBlobsFlat(query: BlobQuery): BlobPages;
}

/** Gives tokens of Microsoft Entra ID: any credential of `@azure/identity`. */
export interface AzureTokenCredential {
  getToken(
    scopes: string | string[],
    options?: object,
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}
