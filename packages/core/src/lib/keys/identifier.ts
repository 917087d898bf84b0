import { describeValue } from '../describe-value.ts';
import { type Problem, REQUIRED, unfit } from '../validation/problem.ts';
import { forbiddenCharacter } from './forbidden-character.ts';

/** What most identifiers are, and none that is refused. */
const PLAIN = /^\w[\w-]*$/;

/** Why a value cannot be one segment of a key, or undefined if it can. */
export function identifierProblem(value: unknown): Problem | undefined {
  if (value === undefined) return REQUIRED;
  if (typeof value !== 'string') return unfit('WRONG_TYPE', 'a string', value);
  if (PLAIN.test(value)) return undefined;
  if (value === '') return { code: 'REQUIRED', message: 'must not be empty' };
  if (/^\.\.?$/.test(value)) return forbidden('be "." or ".."', value);
  if (/[/\\]/.test(value)) return forbidden('contain a backslash or "/"', value);
  const character = forbiddenCharacter(value);
  return character === undefined ? undefined : forbidden(`contain ${character}`, value);
}

/** Like `identifierProblem`; a `selfId` holds no `-` either, which parts it from the page number. */
export function selfIdProblem(value: unknown): Problem | undefined {
  const problem = identifierProblem(value);
  if (problem !== undefined || !(value as string).includes('-')) return problem;
  return forbidden('contain "-" (it parts the id from the page number)', value);
}

function forbidden(what: string, value: unknown): Problem {
  return { code: 'INVALID_CHARACTER', message: `must not ${what}, got ${describeValue(value)}` };
}
