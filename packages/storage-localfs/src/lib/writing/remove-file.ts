import { unlink } from 'node:fs/promises';
import { isErrno } from '../classify-error.ts';
import { isFolder } from '../is-folder.ts';
import { retryWhileBusy } from './retry-while-busy.ts';

/** Removes a file. Where nothing or a folder is, there is no file to remove. */
export async function removeFile(path: string): Promise<void> {
  try {
    await retryWhileBusy(() => unlink(path));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return;
    // To unlink a folder is EISDIR on Linux and EPERM elsewhere.
    if (isErrno(error, 'EISDIR', 'EPERM') && (await isFolder(path))) return;
    throw error;
  }
}
