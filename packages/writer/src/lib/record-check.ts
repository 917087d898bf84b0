import { IssueList, RecordChecker, type ValidationError } from '@metering/core';
import { TimeSlices } from './time-slices.ts';

/** What one record counts for in a time slice: about what a small one takes to check. */
const BYTES_PER_RECORD = 256;

/**
 * Everything wrong with records of which the first could not be encoded. The first of them is at
 * `firstIndex` of the data.
 */
export async function recordsError(
  records: readonly unknown[],
  firstIndex: number,
  signal: AbortSignal,
): Promise<ValidationError> {
  const issues = new IssueList();
  const checker = new RecordChecker(issues);
  const slices = new TimeSlices();
  for (let offset = 0; offset < records.length; offset++) {
    checker.check(records[offset], firstIndex + offset);
    if (offset === 0 && issues.count === 0) {
      issues.add(`data[${firstIndex}]`, 'NOT_JSON', 'changed while it was being written');
    }
    if (slices.spend(BYTES_PER_RECORD)) await slices.pause(signal);
  }
  return issues.toError('Invalid metering data') as ValidationError;
}
