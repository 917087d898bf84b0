import type { Fleet } from './fleet.ts';

/** Of 30 days. */
const MINUTES_A_MONTH = 30 * 24 * 60;
/** A reader asks for an hour at a time. */
const HOURS_A_MONTH = 30 * 24;
const DEFAULT_PAGE_BYTES = 16 * 1024 * 1024;

/**
 * Bytes of a page of so many records: measured with `realistic` records of the benchmarks. The test writes
 * such pages and fails where they have become 10% larger or smaller.
 */
export const STORED_BYTES = { page: 350, record: 25 };
export const JSON_BYTES = { page: 110, record: 262 };

/** What a fleet does to a bucket in a month. */
export interface Month {
  /** Processes that write. */
  readonly instances: number;
  readonly recordsPerSet: number;
  readonly records: number;
  readonly objects: number;
  readonly storedBytesPerObject: number;
  readonly storedBytes: number;
  readonly writes: number;
  readonly reads: number;
  /** Listings, whatever the number of keys in an answer. */
  lists(keysPerList: number): number;
}

/** @param pageSizeBytes of the writers. */
export function monthOf(fleet: Fleet, pageSizeBytes: number = DEFAULT_PAGE_BYTES): Month {
  const { clusters, categories, retried, readings } = fleet;
  const perCategory = Math.max(
    fleet.leastInstances,
    Math.ceil(clusters / fleet.clustersPerInstance),
  );
  const recordsPerSet = clusters / perCategory;
  const pages = Math.ceil((recordsPerSet * JSON_BYTES.record) / pageSizeBytes);
  const instances = categories * perCategory;
  const objects = instances * pages * MINUTES_A_MONTH;
  const records = instances * recordsPerSet * MINUTES_A_MONTH;
  const storedBytes = objects * STORED_BYTES.page + records * STORED_BYTES.record;
  return {
    instances,
    recordsPerSet,
    records,
    objects,
    storedBytesPerObject: storedBytes / objects,
    storedBytes,
    writes: objects * (1 + retried),
    // A writer that finds its own page after a retry reads it.
    reads: objects * (readings * (1 + retried) + retried),
    lists: (keysPerList) =>
      readings * HOURS_A_MONTH * Math.ceil(objects / HOURS_A_MONTH / keysPerList),
  };
}
