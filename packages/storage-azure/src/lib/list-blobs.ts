import { type ObjectInfo, StorageFault } from '@metering/core';
import type { BlobPage, ListedBlob } from './azure-client.ts';

/** Asks for one page of a listing: from its start, or from where the last one ended. */
export type ListPage = (continuationToken: string | undefined) => Promise<BlobPage>;

/**
 * Every blob of a listing after a name; a further page is asked for only when it is needed. Names go by
 * their UTF-16 units, as in JavaScript.
 */
export async function* listBlobs(
  listPage: ListPage,
  startAfter: string,
): AsyncGenerator<ObjectInfo> {
  let last = '';
  let continuationToken: string | undefined;
  do {
    const page = await listPage(continuationToken);
    for (const blob of page.segment.blobItems) {
      if (blob.name <= last) throw outOfOrder();
      last = blob.name;
      if (blob.name > startAfter) yield toInfo(blob);
    }
    const next = page.continuationToken || undefined;
    if (next !== undefined && next === continuationToken) throw noProgress();
    continuationToken = next;
  } while (continuationToken !== undefined);
}

function toInfo({ name, properties }: ListedBlob): ObjectInfo {
  const { contentLength = 0, lastModified = new Date(Number.NaN), etag } = properties;
  return { key: name, size: contentLength, lastModified, etag: etag && quoted(etag) };
}

/** A listing has etags without the quotes that they have everywhere else. */
function quoted(etag: string): string {
  return etag.startsWith('"') ? etag : `"${etag}"`;
}

/** https://github.com/Azure/azure-sdk-for-go/issues/24210 */
function outOfOrder(): StorageFault {
  const message =
    'the names are listed out of order, as an account with a hierarchical namespace does; use an account without one';
  return new StorageFault({ code: 'UNSUPPORTED', message });
}

function noProgress(): StorageFault {
  const message = 'the listing does not go on: its next page is the one before it, for ever';
  return new StorageFault({ code: 'UNSUPPORTED', message });
}
