import { readFileSync } from 'node:fs';
import type { MemoryResult } from './task.ts';

/** The most memory that the process held until the work was done, and what it held before. */
export async function peakMemory(work: () => Promise<unknown>): Promise<MemoryResult> {
  const baselineBytes = process.memoryUsage.rss();
  await work();
  return { baselineBytes, peakBytes: peakBytes() };
}

/**
 * Of this program alone: the `maxRSS` of `resourceUsage()` begins, on Linux, with what the process
 * held that started it.
 */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
