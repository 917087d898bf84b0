import { performance } from 'node:perf_hooks';
import type { ObjectInfo } from '@metering/core';
import { readObjectInfo, readObjectInfoSync } from '../object-info.ts';

/** What takes longer, by a thread or on the spot, had to wait for a disk or a network. */
const QUICK_MS = { byThread: 1, onTheSpot: 0.1 };
/** One look in so many is made by a thread, which lets the event loop turn. */
const THREAD_EVERY = 32;

/**
 * Looks at the files of one listing. What the system has in its memory it gives in two microseconds, and
 * to hand that to a thread takes ten: so after a look by a thread that was quick the next ones are made on
 * the spot, and after one that was not by threads.
 */
export class QuickLooks {
  #looks = 0;
  #quick = false;

  async look(key: string, path: string): Promise<ObjectInfo | undefined> {
    const byThread = !this.#quick || this.#looks % THREAD_EVERY === 0;
    this.#looks += 1;
    const start = performance.now();
    const info = byThread ? await readObjectInfo(key, path) : readObjectInfoSync(key, path);
    const limit = byThread ? QUICK_MS.byThread : QUICK_MS.onTheSpot;
    this.#quick = performance.now() - start < limit;
    return info;
  }
}
