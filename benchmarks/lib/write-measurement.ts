import type { BenchContext } from './bench-context.ts';
import type { Goal } from './goals.ts';
import type { Measurement } from './measurement.ts';
import { assertSameWork, Speed } from './speed.ts';
import type { TimedResult, WriteTask } from './task.ts';

/** What Go compresses at, and we by default. */
const LEVEL = 6;

export interface WriteOptions {
  readonly what: string;
  readonly task: WriteTask;
  readonly recordsFile: string;
  readonly jsonBytes: number;
  readonly goal: Goal;
  /** Of our gzip ratio beside Go's. */
  readonly gzipGoal: Goal;
}

/** How fast we write, and how fast Go does, right after one another. */
export function writeMeasurement(
  { children, go }: BenchContext,
  { what, task, recordsFile, jsonBytes, goal, gzipGoal }: WriteOptions,
): Measurement {
  const ours: TimedResult[] = [];
  const theirs: TimedResult[] = [];
  const goArguments = ['write', recordsFile, task.pageSizeBytes, LEVEL, task.repeat].map(String);
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
    rows() {
      const speed = new Speed(jsonBytes, ours);
      if (theirs.length === 0) return [{ what, ours: withGzip(speed) }];
      const goSpeed = new Speed(jsonBytes, theirs);
      return [
        {
          what,
          ours: withGzip(speed),
          peer: `Go ${withGzip(goSpeed)}`,
          ratio: { rounds: speed.over(goSpeed), goal },
          others: [{ name: 'gzip', rounds: [speed.gzipRatio / goSpeed.gzipRatio], goal: gzipGoal }],
        },
      ];
    },
  };
}

function withGzip(speed: Speed): string {
  return `${speed}, gzip ${speed.gzipRatio.toFixed(2)}`;
}
