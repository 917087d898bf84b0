import { median } from './statistics.ts';
import type { TimedResult } from './task.ts';

/** How fast the same work was in some rounds. */
export class Speed {
  /** MB of JSON a second, of each round. */
  readonly rounds: readonly number[];
  /** JSON bytes for one of gzip. */
  readonly gzipRatio: number;

  constructor(jsonBytes: number, results: readonly TimedResult[]) {
    this.rounds = results.map(({ milliseconds }) => jsonBytes / 1000 / median(milliseconds));
    this.gzipRatio = jsonBytes / (results[0] as TimedResult).gzipBytes;
  }

  /** How many times as fast as another, round by round. */
  over(other: Speed): number[] {
    return this.rounds.map((speed, round) => speed / (other.rounds[round] as number));
  }

  toString(): string {
    return `${median(this.rounds).toFixed(0)} MB/s`;
  }
}

/** A comparison of two that did not do the same would be worth nothing. */
export function assertSameWork(what: string, ours: TimedResult, go: TimedResult): void {
  const sameSum = Math.abs(ours.sum - go.sum) <= 1e-9 * go.sum;
  if (ours.records === go.records && ours.pages === go.pages && sameSum) return;
  throw new Error(`${what}: we did ${workOf(ours)}, but Go ${workOf(go)}`);
}

function workOf({ records, pages, sum }: TimedResult): string {
  return `${records} records in ${pages} pages that add up to ${sum}`;
}
