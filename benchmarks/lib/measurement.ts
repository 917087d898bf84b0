import type { Figure } from './figure.ts';

/** A line of the table. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  /** What it is compared with, and how fast that is. */
  readonly peer?: string | undefined;
  /** How many times as good as the peer we are. */
  readonly ratio?: Figure | undefined;
  /** What else something is asked of. */
  readonly others?: readonly Figure[] | undefined;
}

/** Something that is measured a few times, in turns with the others. */
export interface Measurement {
  readonly what: string;
  /** Once more. */
  run(): Promise<void>;
  /** What came of all runs. */
  rows(): Row[];
}
