import { join } from 'node:path';
import type { BenchContext } from './bench-context.ts';
import { GOALS } from './goals.ts';
import type { Measurement } from './measurement.ts';
import { median, percentile99 } from './statistics.ts';
import type { ListingResult, ListingTask } from './task.ts';

const FILES_PER_MINUTE = 100;
/** 100,000 files beside 50 MB of JSON. */
const FILES_PER_MEGABYTE = 2000;

/** How long it takes to list one minute of a folder of many. */
export function listingMeasurement(context: BenchContext): Measurement {
  const files = (context.options.jsonBytes / 1e6) * FILES_PER_MEGABYTE;
  const what = `list one minute (${FILES_PER_MINUTE} files) among ${files} files of a folder`;
  const folder = join(context.scratch, 'listed');
  const task: ListingTask = {
    kind: 'listing',
    folder,
    minutes: files / FILES_PER_MINUTE,
    filesPerMinute: FILES_PER_MINUTE,
  };
  const results: ListingResult[] = [];
  return {
    what,
    async run() {
      results.push(await context.children.run(task));
    },
    rows() {
      const medians = results.map(({ milliseconds }) => median(milliseconds));
      const p99 = median(results.map(({ milliseconds }) => percentile99(milliseconds)));
      return [
        {
          what,
          ours: `p50 ${median(medians).toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
          others: [{ name: 'p50', rounds: medians, goal: GOALS.listing }],
        },
      ];
    },
  };
}
