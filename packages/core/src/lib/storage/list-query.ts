import { forbiddenCharacter } from '../keys/forbidden-character.ts';
import { describeValue } from '../validation/issue-list.ts';
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
  throw new TypeError(`list: ${name} must be a string, got ${describeValue(value)}`);
}

/** Whether any key can begin with a prefix. Some stores refuse to look for one that none can. */
export function canBeginKey(prefix: string): boolean {
  const folders = prefix.split('/').slice(0, -1);
  if (folders.some((folder) => folder === '' || folder === '.' || folder === '..')) return false;
  return forbiddenCharacter(prefix) === undefined;
}
