import { wrongArgument } from '../describe-value.ts';
import type { ListQuery } from './storage-provider.ts';

/** A query in which nothing is left out: `''` is all. */
export interface CompleteListQuery {
  readonly prefix: string;
  readonly startAfter: string;
}

/**
 * Fills in what a query leaves out. Lone surrogates become U+FFFD, as in UTF-8, which has none.
 *
 * @throws TypeError when one of its texts is no string.
 */
export function completeListQuery({ prefix = '', startAfter = '' }: ListQuery): CompleteListQuery {
  return { prefix: wellFormed('prefix', prefix), startAfter: wellFormed('startAfter', startAfter) };
}

function wellFormed(name: string, value: string): string {
  if (typeof value === 'string') return value.toWellFormed();
  throw wrongArgument(`list: ${name}`, 'a string', value);
}
