import type { DataSetName } from './data-sets.ts';

/** One thing to measure, in a process of its own. */
export type Task =
  | PrepareTask
  | WriteTask
  | ReadTask
  | SmallPagesTask
  | LoopGapTask
  | WriteMemoryTask
  | ReadMemoryTask
  | ListingTask;

/** Stores the records for everyone who reads them: as JSON lines, and as pages. */
export interface PrepareTask {
  readonly kind: 'prepare';
  readonly data: DataSetName;
  readonly jsonBytes: number;
  readonly recordsFile: string;
  readonly folders: readonly { readonly folder: string; readonly pageSizeBytes: number }[];
}

export interface WriteTask {
  readonly kind: 'write';
  readonly data: DataSetName;
  readonly jsonBytes: number;
  readonly pageSizeBytes: number;
  readonly repeat: number;
}

export interface ReadTask {
  readonly kind: 'read';
  /** `records`: one by one; `scan`: page by page; `kept`: all pages, kept; `totals`: no records at all. */
  readonly how: 'records' | 'scan' | 'kept' | 'totals';
  /** Where the pages are. */
  readonly folder: string;
  readonly repeat: number;
}

/** One page again and again, in turns with what needs no library. */
export interface SmallPagesTask {
  readonly kind: 'small-pages';
  readonly data: DataSetName;
  readonly records: number;
  /** For how long the two take turns, once to warm up and once for the result. */
  readonly milliseconds: number;
}

export interface LoopGapTask {
  readonly kind: 'loop-gap';
  readonly data: DataSetName;
  readonly jsonBytes: number;
  /** An array, or an iterable that makes the records while they are written. */
  readonly input: 'array' | 'iterable';
}

export interface WriteMemoryTask {
  readonly kind: 'write-memory';
  readonly data: DataSetName;
  readonly jsonBytes: number;
  readonly folder: string;
}

export interface ReadMemoryTask {
  readonly kind: 'read-memory';
  readonly folder: string;
}

export interface ListingTask {
  readonly kind: 'listing';
  readonly folder: string;
  readonly minutes: number;
  readonly filesPerMinute: number;
}

/** How long each run took, and what it did: the same for us and for Go. */
export interface TimedResult {
  readonly milliseconds: readonly number[];
  readonly pages: number;
  readonly records: number;
  readonly gzipBytes: number;
  /** Of all values; 0 where nothing is added up. */
  readonly sum: number;
}

export interface PrepareResult {
  readonly jsonBytes: number;
}

/** Microseconds for a page, the median of what was measured. */
export interface SmallPagesResult {
  readonly write: Contest;
  readonly read: Contest;
}

export interface Contest {
  readonly ours: number;
  readonly plain: number;
}

/** The gaps between two turns of the event loop; `own` is less what was a wait for a processor. */
export interface LoopGapResult {
  readonly longestMs: number;
  readonly p99Ms: number;
  readonly ownLongestMs: number;
  readonly ownP99Ms: number;
}

export interface MemoryResult {
  /** Before anything was done. */
  readonly baselineBytes: number;
  readonly peakBytes: number;
}

/** How long each listing took. */
export interface ListingResult {
  readonly milliseconds: readonly number[];
}

export interface TaskResults {
  readonly prepare: PrepareResult;
  readonly write: TimedResult;
  readonly read: TimedResult;
  readonly 'small-pages': SmallPagesResult;
  readonly 'loop-gap': LoopGapResult;
  readonly 'write-memory': MemoryResult;
  readonly 'read-memory': MemoryResult;
  readonly listing: ListingResult;
}
