import { lstat } from 'node:fs/promises';

/** True when a folder is at the path; false for anything else, and for nothing. */
export async function isFolder(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isDirectory() === true;
}
