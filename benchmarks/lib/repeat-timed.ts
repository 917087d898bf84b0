import { performance } from 'node:perf_hooks';
import type { TimedResult } from './task.ts';

type Work = Omit<TimedResult, 'milliseconds'>;

/** Runs once to warm up, then so many times. `setUp` is not timed; it gives what is. */
export async function repeatTimed(
  repeat: number,
  setUp: () => () => Promise<Work>,
): Promise<TimedResult> {
  let done = await setUp()();
  const milliseconds: number[] = [];
  for (let run = 1; run <= repeat; run++) {
    const work = setUp();
    const start = performance.now();
    done = await work();
    milliseconds.push(performance.now() - start);
  }
  return { ...done, milliseconds };
}
