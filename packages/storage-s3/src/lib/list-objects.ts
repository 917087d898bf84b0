import type { _Object as ListedObject, ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { type ObjectInfo, StorageFault } from '@metering/core';
import { compareUtf8 } from '@metering/core/building-blocks';

/** Asks for one page of a listing: from its start, or from where the last one ended. */
export type ListPage = (continuation: string | undefined) => Promise<ListObjectsV2CommandOutput>;

/**
 * Every object of a listing; a further page is asked for only when it is needed. A listing that cannot go on,
 * or that goes back, is a failure: what it leaves out or gives twice would be billed like that.
 */
export async function* listObjects(listPage: ListPage): AsyncGenerator<ObjectInfo> {
  let last = '';
  let continuation: string | undefined;
  do {
    const page = await listPage(continuation);
    if (!isListing(page)) throw noListing();
    const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key;
    for (const listed of page.Contents ?? []) {
      const object = toInfo(listed, decode);
      if (compareUtf8(object.key, last) <= 0) throw outOfOrder();
      last = object.key;
      yield object;
    }
    continuation = nextPage(page, continuation);
  } while (continuation !== undefined);
}

function nextPage(
  { IsTruncated, NextContinuationToken: next }: ListObjectsV2CommandOutput,
  current: string | undefined,
): string | undefined {
  if (!IsTruncated) return undefined;
  if (!next) throw wrongListing('says that there is more, and not where it goes on');
  if (next === current) throw wrongListing('does not go on');
  return next;
}

/** To the SDK any answer of 200 is one, the page of a proxy or a console too, and then it lists nothing. */
function isListing({ Name, IsTruncated, KeyCount, Contents }: ListObjectsV2CommandOutput): boolean {
  return [Name, IsTruncated, KeyCount, Contents].some((part) => part !== undefined);
}

function noListing(): StorageFault {
  const message = 'what answered gave no listing of a bucket: it may be no S3; check the endpoint';
  return new StorageFault({ code: 'UNKNOWN', message });
}

function outOfOrder(): StorageFault {
  return wrongListing('has keys out of order, or twice');
}

function wrongListing(problem: string): StorageFault {
  const message = `the listing of this store ${problem}, so it cannot be relied on`;
  return new StorageFault({ code: 'UNSUPPORTED', message });
}

function toInfo(
  { Key = '', Size: size, LastModified: lastModified, ETag: etag }: ListedObject,
  decode: (key: string) => string,
): ObjectInfo {
  const key = decode(Key);
  if (size === undefined) throw wrongListing('does not say how large each object is');
  return { key, size, lastModified: lastModified ?? new Date(Number.NaN), etag };
}

/** Keys come URL-encoded as in a form: XML could not carry control characters. */
function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', '%20'));
}
