/** What is known when a page was read to its end. */
export interface PageEnd {
  /** `parts` as the file has it: 0 where more pages follow. */
  readonly parts: number | undefined;
  readonly records: number;
}
