/** A line of the table. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly go?: string | undefined;
  readonly ratio?: string | undefined;
  readonly ask?: Ask | undefined;
}

/** What is asked of a result, and whether it holds. */
export interface Ask {
  readonly text: string;
  readonly passed: boolean;
}

/** Something that is measured a few times, in turns with the others. */
export interface Measurement {
  readonly what: string;
  /** Once more. */
  run(): Promise<void>;
  /** What came of all runs. */
  row(): Row;
}
