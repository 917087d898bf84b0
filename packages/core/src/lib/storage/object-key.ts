import { mustBe } from '../describe-value.ts';
import { forbiddenCharacter } from '../keys/forbidden-character.ts';
import { utf8Length } from '../keys/utf8.ts';
import type { IssueList } from '../validation/issue-list.ts';

/** The longest key in bytes of UTF-8, which is what S3 takes. */
export const MAX_KEY_BYTES = 1024;

/** Why a value is no storage key, or undefined if it is: see `docs/contract.md`. */
export function objectKeyProblem(key: unknown): string | undefined {
  if (typeof key !== 'string') return `a key ${mustBe('a string', key)}`;
  const problem = segmentsProblem(key) ?? charactersProblem(key);
  if (problem !== undefined || keyFits(key)) return problem;
  return `a key must not be longer than ${MAX_KEY_BYTES} bytes of UTF-8, got ${utf8Length(key)}`;
}

/** Whether any key can begin with a prefix. Some stores refuse to look for one that none can. */
export function canBeginKey(prefix: string): boolean {
  const shortestKey = `${prefix}k`;
  return (segmentsProblem(shortestKey) ?? charactersProblem(shortestKey)) === undefined;
}

/** Why text cannot be the segments of a key, parted by single `/`. */
export function segmentsProblem(key: string): string | undefined {
  if (!/(^|\/)\.{0,2}(\/|$)/.test(key)) return undefined;
  return 'a key must not have a segment between "/" that is empty, "." or ".."';
}

function charactersProblem(key: string): string | undefined {
  const forbidden = forbiddenCharacter(key);
  return forbidden && `a key must not contain ${forbidden}`;
}

/** True when a well-formed key is not too long. */
export function keyFits(key: string): boolean {
  return key.length <= MAX_KEY_BYTES / 3 || utf8Length(key) <= MAX_KEY_BYTES;
}

/** Adds a finding when the parts of a key, each one valid, make a key that is too long. */
export function checkKeyLength(key: string, issues: IssueList): void {
  if (keyFits(key)) return;
  const message = `must not be longer than ${MAX_KEY_BYTES} bytes of UTF-8, got ${utf8Length(key)}`;
  issues.add('key', 'TOO_LONG', message);
}
