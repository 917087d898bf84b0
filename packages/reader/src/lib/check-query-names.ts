import {
  type IssueList,
  listNames,
  type OptionNames,
  unknownNames,
} from '@metering/core/building-blocks';

/** Adds a finding for each name that is no part of a query: a filter that is misspelt would be none at all. */
export function checkQueryNames<Query extends object>(
  query: Query,
  names: OptionNames<Query>,
  issues: IssueList,
): void {
  if (typeof query !== 'object' || query === null) return;
  for (const name of unknownNames(query, names)) {
    issues.add(name, 'NOT_ONE_OF', `there is no such name, only ${listNames(names)}`);
  }
}
