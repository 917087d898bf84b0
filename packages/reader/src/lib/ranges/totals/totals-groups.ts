import type { MeteringKey } from '@metering/core';
import { compareUtf8, describeValue, IssueList } from '@metering/core/building-blocks';
import type { TotalsGroup, TotalsQuery } from './totals.ts';

/** What a row's group is: text, the beginning of a time, or nothing. */
export type GroupValue = string | number | undefined;

const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_DAY = 86_400;

/** What a page belongs to in each group; its records tell the cluster. */
const VALUES: Readonly<Record<TotalsGroup, (page: MeteringKey) => GroupValue>> = {
  cluster: () => undefined,
  category: (page) => page.category,
  sharedPoolId: (page) => page.sharedPoolId,
  selfId: (page) => page.selfId,
  minute: (page) => page.timestamp,
  hour: (page) => page.timestamp - (page.timestamp % SECONDS_PER_HOUR),
  day: (page) => page.timestamp - (page.timestamp % SECONDS_PER_DAY),
};

/**
 * The groups that a query asks for, each once.
 *
 * @throws ValidationError for one that there is not.
 */
export function groupsOf({ by = [] }: TotalsQuery): readonly TotalsGroup[] {
  const groups: readonly unknown[] = Array.isArray(by) ? by : [by];
  const issues = new IssueList();
  groups.forEach((group, index) => {
    if (typeof group === 'string' && Object.hasOwn(VALUES, group)) return;
    const known = Object.keys(VALUES).join(', ');
    issues.add(
      `by[${index}]`,
      'NOT_ONE_OF',
      `must be one of ${known}, got ${describeValue(group)}`,
    );
  });
  issues.throwIfAny('Invalid groups of totals');
  return [...new Set(groups as readonly TotalsGroup[])];
}

/** What a page belongs to, in the order of the groups. */
export function groupValues(groups: readonly TotalsGroup[], page: MeteringKey): GroupValue[] {
  return groups.map((group) => VALUES[group](page));
}

/** Nothing first, then by number or by UTF-8. */
export function compareGroupValues(a: GroupValue, b: GroupValue): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareUtf8(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a === undefined ? -1 : 1;
}
