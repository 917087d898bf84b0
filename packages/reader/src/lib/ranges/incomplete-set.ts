import { FormatError, type Logger } from '@metering/core';
import type { PageSet } from './page-set.ts';

/** The error for a set of which pages are missing, where all of them are needed. */
export function incompleteSet({ key, reason }: PageSet): FormatError {
  const message = `${key}: the set of these pages is incomplete: ${reason}; write it again, or read with incomplete: 'skip' or 'include'`;
  return new FormatError({ code: 'INCOMPLETE_SET', message, key });
}

/** A set that is left out is usage that is not told of: it is logged. */
export function noteLeftOut({ key, reason }: PageSet, logger: Logger | undefined): void {
  logger?.warn({ set: key, reason }, 'Left out an incomplete set of metering pages');
}
