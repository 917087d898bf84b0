import { chown } from 'node:fs/promises';

/** A user that owns nothing. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Gives a file or folder to the user that `withoutPrivileges` runs as. */
export async function giveAway(path: string): Promise<void> {
  if (isRoot) await chown(path, NOBODY, NOBODY);
}

/** Runs as a user whom permissions bind: root may do everything. */
export async function withoutPrivileges<T>(run: () => Promise<T>): Promise<T> {
  if (!isRoot) return run();
  process.seteuid?.(NOBODY);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}
