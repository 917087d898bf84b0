import { isStorageError, type StorageProvider } from '@metering/core';
import { type GunzipOptions, limitExceeded } from './gzip/gunzip.ts';

/**
 * A stored file as it is, in one request.
 *
 * @throws FormatError `LIMIT_EXCEEDED` when it is larger than `maxBytes` of content can be compressed.
 */
export function fetchFile(storage: StorageProvider, options: GunzipOptions): Promise<Uint8Array> {
  const { key, maxBytes, signal } = options;
  return storage.get(key, { maxBytes: largestFile(maxBytes), signal }).catch((error) => {
    if (!isStorageError(error, 'TOO_LARGE')) throw error;
    const what = `is larger than any of ${maxBytes} bytes of content, the most that is read of one file`;
    throw limitExceeded(what, options, error);
  });
}

/** What does not compress takes a little more in gzip than by itself; poor compressors waste an eighth. */
function largestFile(contentBytes: number): number {
  return contentBytes + Math.ceil(contentBytes / 8) + 1024;
}
