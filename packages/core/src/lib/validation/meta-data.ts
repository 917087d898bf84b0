import type { JsonValue } from '../json/json-value.ts';
import { checkMetaKey, type MetaKey } from '../keys/meta-key.ts';
import { JsonChecker } from './check-json.ts';
import { IssueList } from './issue-list.ts';
import { REQUIRED, unfit } from './problem.ts';

/** What is true of a cluster or a shared pool from a time on. `category: ''` means none. */
export interface MetaData extends MetaKey {
  /** Free-form. */
  readonly metadata: { readonly [key: string]: JsonValue };
}

/**
 * Checks metadata whole, without changing it.
 *
 * @throws ValidationError with every finding, each with its path.
 */
export function validateMetaData(data: MetaData): void {
  const issues = new IssueList();
  if (typeof data !== 'object' || data === null) {
    issues.addProblem('data', unfit('WRONG_TYPE', 'an object', data));
  } else {
    checkMetaKey(data, issues);
    checkMetadata(data.metadata, issues);
  }
  issues.throwIfAny('Invalid metadata');
}

function checkMetadata(metadata: unknown, issues: IssueList): void {
  if (metadata === undefined) issues.addProblem('metadata', REQUIRED);
  else new JsonChecker(issues, { metrics: true }).checkObject(metadata, 'metadata');
}
