import type { BenchOptions } from './bench-options.ts';
import type { ChildProcesses } from './child-process.ts';
import type { GoProgram } from './go-program.ts';
import type { RecordStore } from './record-store.ts';

/** What the measurements are made of. */
export interface BenchContext {
  readonly options: BenchOptions;
  readonly children: ChildProcesses;
  /** Undefined where there is none. */
  readonly go: GoProgram | undefined;
  readonly records: RecordStore;
  /** A folder for whatever they store. */
  readonly scratch: string;
}
