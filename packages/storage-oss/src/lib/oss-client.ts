/** What a call may carry besides its arguments. */
export interface OssCallOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Reaches the transport untouched. */
  readonly ctx?: unknown;
}

/** The part of an answer that is looked at. */
export interface OssResponse {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** An object as a listing of OSS has it. */
export interface ListedObject {
  readonly name: string;
  readonly size: number;
  readonly lastModified: string;
  readonly etag: string;
}

/** One answer to a listing. */
export interface ObjectListing {
  readonly objects?: readonly ListedObject[] | undefined;
  readonly nextContinuationToken?: string | undefined;
  /** Whether there is more. */
  readonly isTruncated?: boolean | undefined;
  /** NaN where the answer was no listing. */
  readonly keyCount?: number | undefined;
}

/** The calls of an `ali-oss` client that are made. Its own types lack some, and name others wrongly. */
export interface OssClientLike {
  /** What it was made with. Its `bucket` is the one that is called. */
  readonly options?: object | undefined;
  /** PutObject. */
  put(name: string, body: Buffer, options: OssCallOptions): Promise<{ readonly res: OssResponse }>;
  /** GetObject, whole. */
  get(name: string, options: OssCallOptions): Promise<{ readonly content: Buffer }>;
  /** HeadObject. */
  head(name: string, options: OssCallOptions): Promise<{ readonly res: OssResponse }>;
  /** DeleteObject. */
  delete(name: string, options: OssCallOptions): Promise<unknown>;
  /** ListObjectsV2, one answer. */
  listV2(query: Readonly<Record<string, string>>, options: OssCallOptions): Promise<ObjectListing>;
  /** GetBucketVersioning. */
  getBucketVersioning(
    bucket: string,
    options: OssCallOptions,
  ): Promise<{ readonly versionStatus?: string | undefined }>;
}
