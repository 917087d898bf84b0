import type { ChildProcesses } from './child-process.ts';
import type { GoProgram } from './go-program.ts';
import type { Measurement, Row } from './measurement.ts';
import { median } from './statistics.ts';
import type { ReadTask, TimedResult, WriteTask } from './task.ts';

export interface SpeedOptions {
  readonly what: string;
  readonly task: WriteTask | ReadTask;
  /** The same for the Go program. */
  readonly goArguments: readonly string[];
  /** What is written or read. */
  readonly jsonBytes: number;
  readonly children: ChildProcesses;
  readonly go: GoProgram | undefined;
  /** How many times as fast as Go is asked for. */
  readonly leastRatio?: number | undefined;
}

/** How fast we are, and how fast Go is, right after one another. */
export function speedMeasurement(options: SpeedOptions): Measurement {
  const { what, task, goArguments, jsonBytes, children, go } = options;
  const ours: TimedResult[] = [];
  const theirs: TimedResult[] = [];
  return {
    what,
    async run() {
      const result = await children.run(task);
      ours.push(result);
      if (go === undefined) return;
      const goResult = await go.run(goArguments);
      assertSameWork(what, result, goResult);
      theirs.push(goResult);
    },
    row() {
      const ourSpeed = new Speed(jsonBytes, ours);
      if (theirs.length === 0) return { what, ours: ourSpeed.toString() };
      return compare(options, ourSpeed, new Speed(jsonBytes, theirs));
    },
  };
}

function compare({ what, leastRatio }: SpeedOptions, ours: Speed, theirs: Speed): Row {
  const ratio = ours.median / theirs.median;
  return {
    what,
    ours: ours.toString(),
    go: theirs.toString(),
    ratio: `${ratio.toFixed(2)}× (best ${(ours.best / theirs.best).toFixed(2)}×)`,
    ask:
      leastRatio === undefined
        ? undefined
        : { text: `≥ ${leastRatio}×`, passed: ratio >= leastRatio },
  };
}

/** A measurement of two that did not do the same would be worth nothing. */
function assertSameWork(what: string, ours: TimedResult, theirs: TimedResult): void {
  if (ours.records === theirs.records && ours.pages === theirs.pages) return;
  throw new Error(
    `${what}: ${ours.records} records in ${ours.pages} pages, but Go: ${theirs.records} in ${theirs.pages}`,
  );
}

class Speed {
  /** MB of JSON a second. */
  readonly median: number;
  readonly best: number;
  /** JSON bytes for one of gzip. */
  readonly #gzipRatio: number;

  constructor(jsonBytes: number, results: readonly TimedResult[]) {
    const milliseconds = results.flatMap((result) => result.milliseconds);
    const speedOf = (duration: number) => jsonBytes / 1000 / duration;
    this.median = speedOf(median(milliseconds));
    this.best = speedOf(Math.min(...milliseconds));
    this.#gzipRatio = jsonBytes / (results[0] as TimedResult).gzipBytes;
  }

  toString(): string {
    const speed = `${this.median.toFixed(0)} MB/s (best ${this.best.toFixed(0)})`;
    return `${speed}, gzip ${this.#gzipRatio.toFixed(2)}`;
  }
}
