import type { MeteringData, ValidationError } from '@metering/core';
import { IssueList, JsonChecker } from '@metering/core/building-blocks';
import { TimeSlices } from '../time-slices.ts';

/** What one record counts for in a time slice: about what a small one takes to check. */
const BYTES_PER_RECORD = 256;

/** Records of which the first could not be encoded. Never leaves this package: `recordsError` does. */
export class UnencodableRecords extends Error {
  readonly records: readonly unknown[];
  readonly firstIndex: number;

  constructor(records: readonly unknown[], firstIndex: number) {
    super();
    this.records = records;
    this.firstIndex = firstIndex;
  }
}

/** Everything wrong with records of which the first could not be encoded. */
export async function recordsError(
  { records, firstIndex }: UnencodableRecords,
  signal: AbortSignal | undefined,
): Promise<ValidationError> {
  const issues = new IssueList();
  await checkRecords(records.slice(0, 1), firstIndex, issues, signal);
  if (issues.count === 0) {
    issues.add(`data[${firstIndex}]`, 'NOT_JSON', 'changed while it was being written');
  }
  await checkRecords(records.slice(1), firstIndex + 1, issues, signal);
  return issues.toError('Invalid metering data') as ValidationError;
}

/** Everything wrong with data of which more than records is wrong: the findings so far, and theirs. */
export async function headerError(
  data: Partial<MeteringData> | null | undefined,
  issues: IssueList,
  signal: AbortSignal | undefined,
): Promise<ValidationError> {
  const records: unknown = data?.data;
  if (Array.isArray(records)) await checkRecords(records.slice(), 0, issues, signal);
  return issues.toError('Invalid metering data') as ValidationError;
}

/** Adds everything wrong with records, the first of which is at `firstIndex` of the data. */
async function checkRecords(
  records: readonly unknown[],
  firstIndex: number,
  issues: IssueList,
  signal: AbortSignal | undefined,
): Promise<void> {
  const checker = new JsonChecker(issues, { metrics: true });
  const slices = new TimeSlices();
  for (let offset = 0; offset < records.length; offset++) {
    checker.checkObject(records[offset], 'data', firstIndex + offset);
    if (slices.spend(BYTES_PER_RECORD)) await slices.pause(signal);
  }
}
