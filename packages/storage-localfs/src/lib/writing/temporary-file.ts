import { randomUUID } from 'node:crypto';
import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** No writer that lives takes this long between writing its temporary file and moving it in place. */
const STALE_AFTER_MS = 60 * 60 * 1000;
/** In upper case too, for file systems that do not tell them apart. */
const TEMPORARY_NAME = /^\.metering-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/i;

/** A name for a file that is being written; no key can have it. */
export function temporaryName(): string {
  return `.metering-${randomUUID()}.tmp`;
}

/** True for a name that `temporaryName` may have made. */
export function isTemporaryName(name: string): boolean {
  return TEMPORARY_NAME.test(name);
}

/**
 * Removes what writers that were killed have left in a folder: our temporary files that nobody wrote to
 * for an hour. What cannot be read or removed is left for another time.
 */
export async function sweepStaleTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (isTemporaryName(name)) await removeIfStale(join(folder, name)).catch(() => undefined);
  }
}

async function removeIfStale(path: string): Promise<void> {
  const stats = await lstat(path);
  if (stats.isFile() && Date.now() - stats.mtimeMs > STALE_AFTER_MS) await unlink(path);
}
