/** A user that owns nothing. */
const NOBODY = 65534;

/** Who a test's folders must belong to, so that it can write to them below. */
export const unprivilegedUser = process.getuid?.() === 0 ? NOBODY : process.getuid?.();

/** Runs as a user whom permissions bind: root may do everything. */
export async function withoutPrivileges<T>(run: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return run();
  process.seteuid?.(NOBODY);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}
