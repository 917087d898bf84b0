import { type FileHandle, link, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { PutMode } from '@metering/core';
import { CHUNK_BYTES } from '../chunk-bytes.ts';
import { isErrno, isMissing } from '../classify-error.ts';
import { distinctNow, etagOf } from '../etag.ts';
import { isFolder } from '../is-folder.ts';
import { LocalFsFault } from '../local-fs-fault.ts';
import type { LocalFsSettings } from '../local-fs-options.ts';
import { retryWhileBusy } from './retry-while-busy.ts';
import { syncFolder } from './sync-folder.ts';
import { temporaryName } from './temporary-file.ts';

/** How a file is written. */
interface AtomicWrite {
  /** The path of its folder, which exists. */
  readonly folder: string;
  readonly name: string;
  readonly body: Uint8Array;
  readonly mode: PutMode;
  readonly signal: AbortSignal | undefined;
}

/**
 * Writes a file so that everybody else sees the old one, the new one or none: into a temporary file in
 * the same folder, synced, which is then moved in place (`overwrite`) or linked under its name, of which
 * the system lets exactly one of all racers succeed (`create`). Whatever fails, the temporary file goes.
 *
 * @returns the file's etag.
 */
export async function writeAtomically(
  write: AtomicWrite,
  settings: LocalFsSettings,
): Promise<string> {
  const { folder, name, mode, signal } = write;
  const temporary = join(folder, temporaryName());
  try {
    const etag = await writeTemporary(temporary, write, settings);
    signal?.throwIfAborted();
    await publish(temporary, join(folder, name), mode);
    if (mode === 'create') await removeQuietly(temporary);
    if (settings.durable) await syncFolder(folder);
    return etag;
  } catch (error) {
    await removeQuietly(temporary);
    // The object that is there may count as written: so it must outlive a power cut as well.
    if (settings.durable && isErrno(error, 'EEXIST')) await syncFolder(folder);
    throw error;
  }
}

async function writeTemporary(
  path: string,
  { body, signal }: AtomicWrite,
  { modes, durable }: LocalFsSettings,
): Promise<string> {
  const handle = await open(path, 'wx', modes.file);
  try {
    await writeWhole(handle, body, signal);
    const now = distinctNow();
    // Refused on some network file systems; the etag is then as good as their clock.
    await handle.utimes(now, now).catch(() => undefined);
    const stats = await handle.stat();
    if (modes.exact && (stats.mode & 0o777) !== modes.file) await handle.chmod(modes.file);
    if (durable) await handle.sync();
    return etagOf(stats);
  } finally {
    await handle.close();
  }
}

/** The system may write less than it was given without calling that an error (at a limit, say). */
async function writeWhole(
  handle: FileHandle,
  body: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let offset = 0; offset < body.byteLength; ) {
    signal?.throwIfAborted();
    const length = Math.min(CHUNK_BYTES, body.byteLength - offset);
    const { bytesWritten } = await handle.write(body, offset, length);
    if (bytesWritten === 0) throw new LocalFsFault('NO_SPACE', 'the system wrote nothing more');
    offset += bytesWritten;
  }
}

async function publish(temporary: string, path: string, mode: PutMode): Promise<void> {
  const moveInPlace = mode === 'create' ? linkExclusively : rename;
  try {
    await retryWhileBusy(() => moveInPlace(temporary, path));
  } catch (error) {
    if (!(await isFolder(path))) throw error;
    await removeEmptyFolders(path);
    await moveInPlace(temporary, path);
  }
}

async function linkExclusively(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (!isErrno(error, ...NO_HARD_LINKS)) throw error;
    throw new LocalFsFault('UNSUPPORTED', NO_EXCLUSIVE_CREATE, error);
  }
}

/** Why `create` may be UNSUPPORTED. */
export const NO_EXCLUSIVE_CREATE =
  'this file system has no hard links, without which create cannot be exclusive; use another one, or overwrite';

/** What `link` says where there are no hard links, as a file of ours in the same folder is linked. */
const NO_HARD_LINKS =
  process.platform === 'win32'
    ? // EISDIR: libuv's name for ERROR_INVALID_FUNCTION.
      ['EISDIR', 'ENOTSUP', 'ENOSYS', 'EMLINK']
    : ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'];

/** Folders without any file are no objects, only what deleted ones left. */
async function removeEmptyFolders(path: string): Promise<void> {
  try {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (!entry.isDirectory()) throw folderOfOthers();
      await removeEmptyFolders(join(path, entry.name));
    }
    await rmdir(path);
  } catch (error) {
    if (isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw folderOfOthers();
    if (!isMissing(error)) throw error; // Else somebody was faster.
  }
}

function folderOfOthers(): LocalFsFault {
  return new LocalFsFault(
    'INVALID_KEY',
    'the key is the folder of other keys, so no file can have its name',
  );
}

async function removeQuietly(path: string): Promise<void> {
  await retryWhileBusy(() => unlink(path)).catch(() => undefined);
}
