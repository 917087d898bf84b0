import { closeSync, openSync, readSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { percentile99 } from './statistics.ts';
import type { LoopGapResult } from './task.ts';

const TIMER_MS = 1;
const NANOSECONDS_PER_MS = 1e6;

/** Notes how long each turn of the event loop takes, by a timer that is always due. */
export class EventLoopWatch {
  readonly #gapsMs: number[] = [];
  readonly #ownMs: number[] = [];
  readonly #processorWait = new ProcessorWait();
  readonly #timer = setInterval(() => this.#note(), TIMER_MS);
  #time = performance.now();
  #waitedMs = this.#processorWait.milliseconds();

  stop(): LoopGapResult {
    clearInterval(this.#timer);
    this.#note();
    this.#processorWait.close();
    return {
      longestMs: Math.max(...this.#gapsMs),
      p99Ms: percentile99(this.#gapsMs),
      ownLongestMs: Math.max(...this.#ownMs),
      ownP99Ms: percentile99(this.#ownMs),
    };
  }

  #note(): void {
    const time = performance.now();
    const waitedMs = this.#processorWait.milliseconds();
    const gapMs = time - this.#time;
    this.#gapsMs.push(gapMs);
    this.#ownMs.push(gapMs - (waitedMs - this.#waitedMs));
    this.#time = time;
    this.#waitedMs = waitedMs;
  }
}

/**
 * For how long the main thread could have run, but all processors were taken: by other processes or by
 * this one's own threads. Linux counts it whenever the thread is given a processor; elsewhere it is 0.
 */
class ProcessorWait {
  readonly #buffer = Buffer.alloc(128);
  readonly #file =
    process.platform === 'linux'
      ? openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
      : undefined;

  milliseconds(): number {
    if (this.#file === undefined) return 0;
    const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, 0);
    const [, nanoseconds] = this.#buffer.toString('latin1', 0, length).split(' ');
    return Number(nanoseconds) / NANOSECONDS_PER_MS;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
