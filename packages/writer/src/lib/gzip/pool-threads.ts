const DEFAULT_THREADS = 4;
const MAX_THREADS = 1024;

/**
 * How many threads libuv's pool has with a setting of `UV_THREADPOOL_SIZE`: of a text it takes the integer that it
 * begins with, else 0, as an unsigned one, so that what is negative is huge; then at least 1 and at most 1,024.
 * https://github.com/libuv/libuv/blob/v1.x/src/threadpool.c
 */
export function poolThreads(setting: string | undefined): number {
  if (setting === undefined) return DEFAULT_THREADS;
  const unsigned = Number.parseInt(setting, 10) >>> 0;
  return Math.min(Math.max(unsigned, 1), MAX_THREADS);
}
