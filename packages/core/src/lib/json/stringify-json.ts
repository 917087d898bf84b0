import { JsonChecker } from '../validation/check-json.ts';
import { IssueList } from '../validation/issue-list.ts';
import type { JsonValue } from './json-value.ts';

/**
 * A value as JSON on one line, every digit of a `bigint` kept. The inverse of `parseJson`, but for
 * a `number` that is an integer beyond ±(2^53 - 1), such as 1e20: it is written as `JSON.stringify` does,
 * and may be read as a `bigint`.
 *
 * @throws ValidationError for NaN, infinities, lone surrogates, undefined, cycles, what is nested
 *   deeper than 1,000 levels, and every object that is not plain (a `Date`, a `Map`).
 */
export function stringifyJson(value: JsonValue): string {
  const issues = new IssueList();
  new JsonChecker(issues, { metrics: false }).check(value);
  issues.throwIfAny('Not JSON');
  return write(value);
}

function write(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  const members = value as { readonly [key: string]: JsonValue };
  const pairs = Object.keys(members).map((key) => `${JSON.stringify(key)}:${write(members[key]!)}`);
  return `{${pairs.join(',')}}`;
}
