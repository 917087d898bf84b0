/** A key (or the folders that one begins with) as its folder, `''` where it has none, and its last segment. */
export function splitKey(key: string): { readonly folder: string; readonly name: string } {
  const slash = key.lastIndexOf('/');
  return { folder: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
}
