import { StorageFault } from '@metering/core';

/** What every answer about an object says, of which nothing is sure. */
interface Answer {
  readonly ETag?: string | undefined;
  readonly $metadata?: { readonly requestId?: string | undefined };
}

/**
 * To the SDK any answer of 200 is one, the page of a proxy too: a `put` to it would be usage that is lost.
 * A store gives the etag, and most number their answers.
 *
 * @throws StorageFault where there is neither.
 */
export function checkAnswer({ ETag, $metadata }: Answer): void {
  if (ETag !== undefined || $metadata?.requestId !== undefined) return;
  const message = 'what answered says nothing of an object: it may be no S3; check the endpoint';
  throw new StorageFault({ code: 'UNKNOWN', message });
}
