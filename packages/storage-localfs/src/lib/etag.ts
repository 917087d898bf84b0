import type { Stats } from 'node:fs';

/**
 * Tells the contents of a file from those it had before: file number, size and time of modification (to
 * a quarter of a microsecond, which is what a JavaScript number holds).
 */
export function etagOf({ ino, size, mtimeMs }: Stats): string {
  return `"${ino}-${size}-${mtimeMs}"`;
}

/**
 * The time in seconds, different from one call to the next. A file system's own clock stands still for
 * some milliseconds, in which a file that replaces another may well get the number of one replaced before.
 */
export function distinctNow(): number {
  return (Date.now() + (performance.now() % 1)) / 1000;
}
