import { delay } from '@metering/core/building-blocks';
import { isErrno } from '../classify-error.ts';

/** Together about a second, as long as a virus scanner keeps a file open. */
const WAITS_MS = [10, 20, 40, 80, 160, 320, 400];

/**
 * Runs a call that moves or removes a file. On Windows it fails while another program (a virus scanner,
 * an indexer) has the file open, and is then made again for about a second; elsewhere it is just made.
 */
export async function retryWhileBusy<T>(
  run: () => Promise<T>,
  platform = process.platform,
): Promise<T> {
  if (platform !== 'win32') return run();
  for (const waitMs of WAITS_MS) {
    try {
      return await run();
    } catch (error) {
      if (!isErrno(error, 'EPERM', 'EACCES', 'EBUSY')) throw error;
      await delay(waitMs, undefined);
    }
  }
  return run();
}
