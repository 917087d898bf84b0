import type { DataSetName } from './data-sets.ts';

/** One thing to measure, in a process of its own. */
export type Task = PrepareTask | WriteTask | ReadTask | LoopGapTask | WriteMemoryTask;

/** Stores the records for everyone who reads them: as JSON lines, as one page, as many pages. */
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
  readonly compressionLevel: number;
  readonly repeat: number;
  /** Where to store the pages. Default: in memory. */
  readonly folder?: string | undefined;
}

export interface ReadTask {
  readonly kind: 'read';
  /** Where the pages are. */
  readonly folder: string;
  /** Read the files before the clock starts. */
  readonly inMemory: boolean;
  readonly repeat: number;
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
  readonly concurrency: number;
  readonly pageSizeBytes: number;
  readonly folder: string;
}

/** How long each run took, and what it did: the same for us and for Go. */
export interface TimedResult {
  readonly milliseconds: readonly number[];
  readonly pages: number;
  readonly records: number;
  readonly gzipBytes: number;
}

export interface PrepareResult {
  readonly jsonBytes: number;
}

export interface LoopGapResult {
  readonly longestMs: number;
  readonly p99Ms: number;
  /** The most that the loop's thread worked in one gap, not waiting for a processor. 0: unknown. */
  readonly longestBusyMs: number;
}

export interface WriteMemoryResult {
  readonly baselineBytes: number;
  readonly peakBytes: number;
}

export interface TaskResults {
  readonly prepare: PrepareResult;
  readonly write: TimedResult;
  readonly read: TimedResult;
  readonly 'loop-gap': LoopGapResult;
  readonly 'write-memory': WriteMemoryResult;
}
