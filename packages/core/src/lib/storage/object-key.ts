import { mustBe } from '../describe-value.ts';
import { forbiddenCharacter } from '../keys/forbidden-character.ts';
import { utf8Length } from '../keys/utf8.ts';
import type { IssueList } from '../validation/issue-list.ts';

/** The longest key in bytes of UTF-8, which is what S3 takes. */
export const MAX_KEY_BYTES = 1024;

/** What most keys are, and none that is refused but for its length. */
const PLAIN = /^\w[\w.-]*(\/\w[\w.-]*)*$/;

/** Why a value is no storage key, or undefined if it is: see `docs/contract.md`. */
export function objectKeyProblem(key: unknown): string | undefined {
  const problem = typeof key === 'string' ? textProblem(key) : mustBe('a string', key);
  return problem && `a key ${problem}`;
}

/** Whether any key can begin with a prefix. Some stores refuse to look for one that none can. */
export function canBeginKey(prefix: string): boolean {
  return !(textProblem(prefix) && textProblem(`${prefix}k`));
}

function textProblem(key: string): string | undefined {
  if (PLAIN.test(key)) return lengthProblem(key);
  if (hasOddSegment(key)) return 'must not have a segment between "/" that is empty, "." or ".."';
  const forbidden = forbiddenCharacter(key);
  return forbidden ? `must not contain ${forbidden}` : lengthProblem(key);
}

/** Whether one of the segments between `/` is empty, `.` or `..`. */
export function hasOddSegment(key: string): boolean {
  return /(^|\/)\.{0,2}(\/|$)/.test(key);
}

function lengthProblem(key: string): string | undefined {
  if (keyFits(key)) return undefined;
  return `must not be longer than ${MAX_KEY_BYTES} bytes of UTF-8, got ${utf8Length(key)}`;
}

/** True when a well-formed key is not too long. */
export function keyFits(key: string): boolean {
  return key.length <= MAX_KEY_BYTES / 3 || utf8Length(key) <= MAX_KEY_BYTES;
}

/** Adds a finding when the parts of a key, each one valid, make a key that is too long. */
export function checkKeyLength(key: string, issues: IssueList): void {
  const message = lengthProblem(key);
  if (message !== undefined) issues.add('key', 'TOO_LONG', message);
}
