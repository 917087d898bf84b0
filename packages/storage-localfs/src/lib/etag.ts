import type { Stats } from 'node:fs';

/**
 * Tells the contents of a file from those it had before: file number, size and time of modification (to
 * a quarter of a microsecond, which is what a JavaScript number holds).
 */
export function etagOf({ ino, size, mtimeMs }: Stats): string {
  return `"${ino}-${size}-${mtimeMs}"`;
}

/** The least difference that a time of modification surely keeps, in seconds. */
const STEP = 1e-6;
/** So much a call may seem to be before another one, in seconds: beyond that the clock was set. */
const JITTER = 1;

let latest = 0;

/**
 * The time in seconds, later with each call, but for a clock that is set back. A file system's own clock stands still
 * for some milliseconds, in which a file that replaces another may well get the number of one replaced before.
 */
export function distinctNow(): number {
  const now = (Date.now() + (performance.now() % 1)) / 1000;
  const isLater = now > latest || latest - now > JITTER;
  latest = isLater ? now : latest + STEP;
  return latest;
}
