import { type ObjectInfo, StorageFault } from '@metering/core';
import { compareUtf8 } from '@metering/core/building-blocks';
import type { ListedObject, ObjectListing } from './oss-client.ts';

/** Asks for one page of a listing: from its start, or from where the last one ended. */
export type ListPage = (token: string | undefined) => Promise<ObjectListing>;

/**
 * Every object of a listing; a further page is asked for only when it is needed. A listing that cannot go on,
 * or that goes back, is a failure: what it leaves out or gives twice would be billed like that.
 */
export async function* listObjects(listPage: ListPage): AsyncGenerator<ObjectInfo> {
  let last = '';
  let token: string | undefined;
  do {
    const page = await listPage(token);
    if (Number.isNaN(page.keyCount)) throw noListing();
    for (const listed of page.objects ?? []) {
      const object = toInfo(listed);
      if (compareUtf8(object.key, last) <= 0) throw wrongListing('has keys out of order, or twice');
      last = object.key;
      yield object;
    }
    token = nextPage(page, token);
  } while (token !== undefined);
}

function nextPage(
  { isTruncated = false, nextContinuationToken: next }: ObjectListing,
  current: string | undefined,
): string | undefined {
  if (!next && isTruncated) throw wrongListing('says that there is more, and not where it goes on');
  if (next && next === current) throw wrongListing('does not go on');
  return next || undefined;
}

/** To the client any answer of 200 is one, the page of a proxy too, and then it lists nothing. */
function noListing(): StorageFault {
  const message = 'what answered gave no listing of a bucket: it may be no OSS; check the endpoint';
  return new StorageFault({ code: 'UNKNOWN', message });
}

function wrongListing(problem: string): StorageFault {
  const message = `the listing of this store ${problem}, so it cannot be relied on`;
  return new StorageFault({ code: 'UNSUPPORTED', message });
}

function toInfo({ name, size, lastModified, etag }: ListedObject): ObjectInfo {
  if (Number.isNaN(size)) throw wrongListing('does not say how large each object is');
  return {
    key: decodeURIComponent(name.replaceAll('+', '%20')),
    size,
    lastModified: new Date(lastModified),
    etag,
  };
}
