import { join } from 'node:path';
import type { ObjectInfo } from '@metering/core';
import { objectKeyProblem } from '@metering/core/building-blocks';
import type { BaseFolder } from '../base-folder.ts';
import { isErrno } from '../classify-error.ts';
import { keyProblem } from '../key-problem.ts';
import { LocalFsFault } from '../local-fs-fault.ts';
import { readObjectInfo, readObjectInfoSync } from '../object-info.ts';
import { QuickCalls } from '../quick-calls.ts';
import { readAhead } from './read-ahead.ts';
import { walkKeys } from './walk-keys.ts';

/** What is listed: any text, `''` for everything. */
export interface ListObjectsQuery {
  readonly prefix: string;
  readonly startAfter: string;
}

/** The objects that match, lazily, in UTF-8 byte order of their keys. */
export async function* listObjects(
  base: BaseFolder,
  query: ListObjectsQuery,
  signal: AbortSignal | undefined,
): AsyncGenerator<ObjectInfo> {
  const start = query.prefix.slice(0, query.prefix.lastIndexOf('/') + 1);
  if (!(await holdsKeys(base, start))) return;
  const pathOf = (key: string) => join(base.path, key);
  const keys = walkKeys({ ...query, start, pathOf, signal });
  const looks = new QuickCalls();
  const look = (key: string) => {
    const path = pathOf(key);
    return looks.make(
      () => readObjectInfo(key, path),
      () => readObjectInfoSync(key, path),
    );
  };
  for await (const info of readAhead(keys, look)) {
    // One that is gone, or has become something else, since its name was read is not listed.
    if (info !== undefined) yield info;
  }
  // Where all is gone, as with a disk that is taken away, the listing is not complete.
  await base.check();
}

/** Whether keys can begin with these folders, which are any text that ends in `/`, or none. */
async function holdsKeys(base: BaseFolder, start: string): Promise<boolean> {
  const folder = start.slice(0, -1);
  if (start !== '' && (objectKeyProblem(folder) ?? keyProblem(folder)) !== undefined) return false;
  try {
    return (await base.locateIfAny(folder)) !== undefined;
  } catch (error) {
    if (isErrno(error, 'ENAMETOOLONG', 'EILSEQ') || isOffTheWay(error)) return false;
    throw error;
  }
}

/** True where a folder is there but no key's: as in the listing of everything, it is passed over. */
function isOffTheWay(error: unknown): boolean {
  return error instanceof LocalFsFault && error.code !== 'CONTAINER_NOT_FOUND';
}
