import { lstatSync, type Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { ObjectInfo } from '@metering/core';
import { isMissing } from './classify-error.ts';
import { etagOf } from './etag.ts';

/** What is known of a file; undefined when nothing, or no file, is at the path. */
export async function readObjectInfo(key: string, path: string): Promise<ObjectInfo | undefined> {
  try {
    return infoOf(key, await lstat(path));
  } catch (error) {
    return nothingIfMissing(error);
  }
}

/** The same, while everything else in the process stands still. */
export function readObjectInfoSync(key: string, path: string): ObjectInfo | undefined {
  try {
    return infoOf(key, lstatSync(path));
  } catch (error) {
    return nothingIfMissing(error);
  }
}

function infoOf(key: string, stats: Stats): ObjectInfo | undefined {
  if (!stats.isFile()) return undefined;
  return { key, size: stats.size, lastModified: stats.mtime, etag: etagOf(stats) };
}

function nothingIfMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
