import { forbiddenCharacter } from '../keys/forbidden-character.ts';
import { utf8Length } from '../keys/utf8.ts';
import { describeValue, type IssueList } from '../validation/issue-list.ts';

/** The longest key in bytes of UTF-8, which is what S3 takes. */
export const MAX_KEY_BYTES = 1024;

/** Why a value is no storage key, or undefined if it is: see `docs/contract.md`. */
export function objectKeyProblem(key: unknown): string | undefined {
  if (typeof key !== 'string') return `a key must be a string, got ${describeValue(key)}`;
  if (key === '') return 'a key must not be empty';
  const problem = segmentsProblem(key) ?? forbiddenInKey(key);
  if (problem !== undefined || keyFits(key)) return problem;
  return `a key must not be longer than ${MAX_KEY_BYTES} bytes of UTF-8, got ${utf8Length(key)}`;
}

function forbiddenInKey(key: string): string | undefined {
  const forbidden = forbiddenCharacter(key);
  return forbidden === undefined ? undefined : `a key must not contain ${forbidden}`;
}

/** Why text cannot be the segments of a key, parted by single `/`. */
export function segmentsProblem(key: string): string | undefined {
  if (key.startsWith('/')) return 'a key must not begin with "/"';
  if (key.endsWith('/')) return 'a key must not end with "/"';
  for (const segment of key.split('/')) {
    if (segment === '') return 'a key must not contain "//"';
    if (segment === '.' || segment === '..') return `a key must not have a segment "${segment}"`;
  }
  return undefined;
}

/** True when a well-formed key is not too long. */
export function keyFits(key: string): boolean {
  return key.length <= MAX_KEY_BYTES / 3 || utf8Length(key) <= MAX_KEY_BYTES;
}

/** Adds a finding when the parts of a key, each one valid, make a key that is too long. */
export function checkKeyLength(key: string, issues: IssueList): void {
  if (keyFits(key)) return;
  const message = `is ${utf8Length(key)} bytes of UTF-8 long, more than ${MAX_KEY_BYTES}; shorten the ids`;
  issues.add('key', 'TOO_LONG', message);
}
