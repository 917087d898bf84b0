import { type IssueList, type OptionNames, unknownNames } from '@metering/core/building-blocks';

/**
 * Adds a finding for each name that is one of the data's but for its spelling, such as `shared_pool_id`: what may be
 * left out would be taken as left out. Whatever else the data has besides is the caller's own.
 *
 * @param names of the data, all of them.
 */
export function checkSpelling<Data extends object>(
  data: Data,
  names: OptionNames<Data>,
  issues: IssueList,
): void {
  if (typeof data !== 'object' || data === null) return;
  for (const unknown of unknownNames(data, names)) {
    const name = Object.keys(names).find((known) => folded(known) === folded(unknown));
    const isMeant = name !== undefined && data[name as keyof Data] === undefined;
    if (isMeant && data[unknown as keyof Data] !== undefined) {
      issues.add(unknown, 'NOT_ONE_OF', `must be spelt ${name}`);
    }
  }
}

function folded(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}
