import { describeValue, type Problem } from '../validation/issue-list.ts';
import { forbiddenCharacter } from './forbidden-character.ts';

/** Why a value cannot be one segment of a key, or undefined if it can. */
export function identifierProblem(value: unknown): Problem | undefined {
  if (value === undefined) return { code: 'REQUIRED', message: 'is required' };
  if (typeof value !== 'string') {
    return { code: 'WRONG_TYPE', message: `must be a string, got ${describeValue(value)}` };
  }
  if (value === '') return { code: 'REQUIRED', message: 'must not be empty' };
  const shown = describeValue(value);
  if (value === '.' || value === '..') {
    return { code: 'INVALID_CHARACTER', message: `must not be ${shown}` };
  }
  const forbidden = forbiddenInIdentifier(value);
  if (forbidden === undefined) return undefined;
  return { code: 'INVALID_CHARACTER', message: `must not contain ${forbidden}, got ${shown}` };
}

function forbiddenInIdentifier(value: string): string | undefined {
  if (value.includes('/')) return '"/"';
  if (value.includes('\\')) return 'a backslash';
  return forbiddenCharacter(value);
}

/** Like `identifierProblem`; a `selfId` holds no `-` either, which parts it from the page number. */
export function selfIdProblem(value: unknown): Problem | undefined {
  const problem = identifierProblem(value);
  if (problem !== undefined || !(value as string).includes('-')) return problem;
  const message = `must not contain "-" (it parts the id from the page number), got ${describeValue(value)}`;
  return { code: 'INVALID_CHARACTER', message };
}
