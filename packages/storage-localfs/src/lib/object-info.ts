import { lstat } from 'node:fs/promises';
import type { ObjectInfo } from '@metering/core';
import { isMissing } from './classify-error.ts';
import { etagOf } from './etag.ts';

/** What is known of a file; undefined when nothing, or no file, is at the path. */
export async function readObjectInfo(key: string, path: string): Promise<ObjectInfo | undefined> {
  try {
    const stats = await lstat(path);
    if (!stats.isFile()) return undefined;
    return { key, size: stats.size, lastModified: stats.mtime, etag: etagOf(stats) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
