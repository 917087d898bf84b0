import type { BenchContext } from './bench-context.ts';
import type { GoResult } from './go-program.ts';
import type { Goal } from './goals.ts';
import type { Measurement, Row } from './measurement.ts';
import { assertSameWork, Speed } from './speed.ts';
import type { ReadTask, TimedResult } from './task.ts';

/** One way of ours to read what Go reads. */
export interface Reading {
  readonly what: string;
  readonly how: ReadTask['how'];
  readonly goal?: Goal | undefined;
}

export interface ReadOptions {
  readonly what: string;
  readonly readings: readonly Reading[];
  /** What Go does with the pages. */
  readonly goMode: 'read' | 'sum';
  /** Numbers of goroutines; the best counts. */
  readonly goroutines: readonly number[];
  readonly folder: string;
  readonly jsonBytes: number;
  readonly repeat: number;
}

/** How fast we read in some ways, and how fast Go does, right after one another. */
export function readMeasurement({ children, go }: BenchContext, options: ReadOptions): Measurement {
  const { what, readings, goMode, goroutines, folder, jsonBytes, repeat } = options;
  const ours = readings.map((reading) => ({ reading, results: [] as TimedResult[] }));
  const theirs: GoResult[] = [];
  return {
    what,
    async run() {
      const goResult = await go?.run([goMode, folder, goroutines.join(), `${repeat}`]);
      if (goResult !== undefined) theirs.push(goResult);
      for (const { reading, results } of ours) {
        const result = await children.run({ kind: 'read', how: reading.how, folder, repeat });
        if (goResult !== undefined) assertSameWork(reading.what, result, goResult);
        results.push(result);
      }
    },
    rows() {
      return ours.map(({ reading, results }) =>
        rowOf(reading, new Speed(jsonBytes, results), theirs, jsonBytes),
      );
    },
  };
}

function rowOf(
  { what, goal }: Reading,
  speed: Speed,
  theirs: readonly GoResult[],
  jsonBytes: number,
): Row {
  const [first] = theirs;
  if (first === undefined) return { what, ours: `${speed}` };
  const goSpeed = new Speed(jsonBytes, theirs);
  const counts = new Set(theirs.map(({ goroutines }) => goroutines));
  return {
    what,
    ours: `${speed}`,
    peer: `Go ${goSpeed}, goroutines: ${[...counts].join(' or ')}`,
    ratio: { rounds: speed.over(goSpeed), goal },
  };
}
