import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { LoopGapResult } from './task.ts';

const TIMER_MS = 1;
const NANOSECONDS_PER_MS = 1e6;

/** Notes how long each turn of the event loop takes, by a timer that is always due. */
export class EventLoopWatch {
  readonly #gapsMs: number[] = [];
  readonly #busyMs: number[] = [];
  readonly #timer = setInterval(() => this.#note(), TIMER_MS);
  #time = performance.now();
  #processorMs = mainThreadMs();

  stop(): LoopGapResult {
    clearInterval(this.#timer);
    this.#note();
    const sorted = this.#gapsMs.toSorted((a, b) => b - a);
    return {
      longestMs: sorted[0] as number,
      p99Ms: sorted[Math.floor(sorted.length / 100)] as number,
      longestBusyMs: Math.max(...this.#busyMs),
    };
  }

  #note(): void {
    const time = performance.now();
    const processorMs = mainThreadMs();
    this.#gapsMs.push(time - this.#time);
    this.#busyMs.push(processorMs - this.#processorMs);
    this.#time = time;
    this.#processorMs = processorMs;
  }
}

/** How long the main thread has had a processor; 0 where the system does not say. */
function mainThreadMs(): number {
  if (process.platform !== 'linux') return 0;
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / NANOSECONDS_PER_MS;
}
