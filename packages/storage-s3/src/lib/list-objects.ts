import type { _Object as ListedObject, ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { type ObjectInfo, StorageFault } from '@metering/core';

/** Asks for one page of a listing: from its start, or from where the last one ended. */
export type ListPage = (continuation: string | undefined) => Promise<ListObjectsV2CommandOutput>;

/** Every object of a listing; a further page is asked for only when it is needed. */
export async function* listObjects(listPage: ListPage): AsyncGenerator<ObjectInfo> {
  let continuation: string | undefined;
  do {
    const page = await listPage(continuation);
    if (!isListing(page)) throw noListing();
    const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key;
    for (const object of page.Contents ?? []) yield toInfo(object, decode);
    continuation = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (continuation !== undefined);
}

/** To the SDK any answer of 200 is one, the page of a proxy or a console too, and then it lists nothing. */
function isListing({ Name, IsTruncated, KeyCount, Contents }: ListObjectsV2CommandOutput): boolean {
  return [Name, IsTruncated, KeyCount, Contents].some((part) => part !== undefined);
}

function noListing(): StorageFault {
  const message = 'what answered gave no listing of a bucket: it may be no S3; check the endpoint';
  return new StorageFault({ code: 'UNKNOWN', message });
}

function toInfo(object: ListedObject, decode: (key: string) => string): ObjectInfo {
  return {
    key: decode(object.Key ?? ''),
    size: object.Size ?? 0,
    lastModified: object.LastModified ?? new Date(Number.NaN),
    etag: object.ETag,
  };
}

/** Keys come URL-encoded as in a form: XML could not carry control characters. */
function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', '%20'));
}
