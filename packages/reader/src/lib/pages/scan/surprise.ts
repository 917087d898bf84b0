import { FormatError } from '@metering/core';

/**
 * Thrown by whatever reads a page fast when it meets what it cannot judge. No error of the file yet: the
 * exact parser gets the whole page, and reads it or says what is wrong with it.
 */
export class Surprise extends Error {
  override readonly name = 'Surprise';
}

/** True for whatever the exact parser has to decide: an error of a part has no place in the page, either. */
export function isSurprise(error: unknown): boolean {
  return error instanceof Surprise || error instanceof FormatError;
}
