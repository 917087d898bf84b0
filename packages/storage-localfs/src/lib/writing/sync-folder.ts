import { constants, open } from 'node:fs/promises';
import { isErrno } from '../classify-error.ts';

/**
 * Makes what was made, renamed or removed in a folder outlive a power cut. Windows has no such call, nor
 * have some network file systems: there it does nothing.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } catch (error) {
    if (!isErrno(error, 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
  } finally {
    await handle.close();
  }
}
