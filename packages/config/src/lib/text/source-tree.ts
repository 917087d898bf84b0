import type { OptionPath, Place } from '../findings.ts';

/** A configuration as data, and where each part of it stands. */
export interface SourceTree {
  /** Plain data; lists and what is nested deeper than any option may be empty. */
  readonly value: unknown;
  /** What an unquoted scalar that is no string was typed as. */
  textOf?(path: OptionPath): string | undefined;
  /** Where the key or the value at a path stands; of one that is absent, what it is missing from. */
  place?(path: OptionPath, part: 'key' | 'value'): Place | undefined;
}
