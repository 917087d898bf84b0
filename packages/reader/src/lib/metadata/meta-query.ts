import { META_TYPES, type MetaType } from '@metering/core';
import {
  IssueList,
  identifierProblem,
  metaTypeProblem,
  modifyTsProblem,
  type OptionNames,
} from '@metering/core/building-blocks';
import { checkQueryNames } from '../check-query-names.ts';
import type { MetaSubject } from './version-folder.ts';

/** Which metadata. */
export interface MetaQuery {
  readonly clusterId: string;
  /** Default: of either type, whichever is newer. */
  readonly type?: MetaType | undefined;
  /** Default, also for `''`: only metadata that has no category. */
  readonly category?: string | undefined;
  /** The newest at or before this time, in Unix seconds. Default: the newest of all. */
  readonly at?: number | undefined;
}

/** Whose versions. */
export interface VersionsQuery {
  readonly clusterId: string;
  readonly type: MetaType;
  /** Default, also for `''`: only metadata that has no category. */
  readonly category?: string | undefined;
}

const VERSIONS_QUERY: OptionNames<VersionsQuery> = { clusterId: true, type: true, category: true };
const META_QUERY: OptionNames<MetaQuery> = { ...VERSIONS_QUERY, at: true };

/** @throws ValidationError with every finding. */
export function checkMetaQuery(query: MetaQuery): void {
  const { type, at }: Partial<MetaQuery> = query ?? {};
  const issues = findIssues(query);
  if (type !== undefined) issues.addProblem('type', metaTypeProblem(type));
  if (at !== undefined) issues.addProblem('at', modifyTsProblem(at));
  checkQueryNames(query, META_QUERY, issues);
  issues.throwIfAny('Invalid query for metadata');
}

/** @throws ValidationError with every finding. */
export function checkVersionsQuery(query: VersionsQuery): void {
  const issues = findIssues(query);
  issues.addProblem('type', metaTypeProblem((query as Partial<VersionsQuery> | undefined)?.type));
  checkQueryNames(query, VERSIONS_QUERY, issues);
  issues.throwIfAny('Invalid query for metadata');
}

function findIssues(query: MetaQuery): IssueList {
  const { clusterId, category }: Partial<MetaQuery> = query ?? {};
  const issues = new IssueList();
  issues.addProblem('clusterId', identifierProblem(clusterId));
  if (category !== undefined && category !== '') {
    issues.addProblem('category', identifierProblem(category));
  }
  return issues;
}

/** What a query asks about: of either type where it names none. */
export function subjectsOf({ type, clusterId, category }: MetaQuery): MetaSubject[] {
  const types = type === undefined ? META_TYPES : [type];
  return types.map((each) => ({ type: each, clusterId, ...(category ? { category } : {}) }));
}
