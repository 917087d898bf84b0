import { checkKeyLength, keyFits } from '../storage/object-key.ts';
import { IssueList } from '../validation/issue-list.ts';
import { type Problem, REQUIRED, unfit } from '../validation/problem.ts';
import { identifierProblem } from './identifier.ts';
import { FILE_SUFFIX } from './metering-key.ts';
import { modifyTsProblem } from './timestamp.ts';

/** Where all metadata lives. */
export const META_PREFIX = 'metering/meta/';

/** What a metadata file describes: a logic cluster or a shared pool. */
export type MetaType = 'logic' | 'sharedpool';
/** Every `MetaType`. */
export const META_TYPES: readonly MetaType[] = ['logic', 'sharedpool'];

const META_KEY =
  /^metering\/meta\/(logic|sharedpool)\/(?:([^/]+)\/)?([^/]+)\/(0|[1-9][0-9]*)\.json\.gz$/;

/** What the key of a metadata file says. */
export interface MetaKey {
  readonly type: MetaType;
  /** Absent for metadata of the cluster as a whole. */
  readonly category?: string | undefined;
  readonly clusterId: string;
  /** When the metadata became true: Unix seconds, 0 to 2^53 - 1. */
  readonly modifyTs: number;
}

/**
 * The key of a metadata file: `metering/meta/{type}/[{category}/]{clusterId}/{modifyTs}.json.gz`.
 *
 * @throws ValidationError naming every field that breaks the rules.
 */
export function metaKey(key: MetaKey): string {
  const issues = new IssueList();
  checkMetaKey(key, issues);
  issues.throwIfAny('Invalid metadata key');
  return joinMetaKey(key);
}

/** Adds every finding about the parts of a metadata key. `category: ''` counts as none. */
export function checkMetaKey(key: MetaKey, issues: IssueList): void {
  const before = issues.count;
  issues.addProblem('clusterId', identifierProblem(key.clusterId));
  issues.addProblem('type', metaTypeProblem(key.type));
  if (hasCategory(key)) issues.addProblem('category', identifierProblem(key.category));
  issues.addProblem('modifyTs', modifyTsProblem(key.modifyTs));
  if (issues.count === before) checkKeyLength(joinMetaKey(key), issues);
}

function hasCategory(key: MetaKey): boolean {
  return key.category !== undefined && key.category !== '';
}

/** Why a value is no type of metadata, or undefined if it is. */
export function metaTypeProblem(value: unknown): Problem | undefined {
  if (value === undefined) return REQUIRED;
  if (META_TYPES.includes(value as MetaType)) return undefined;
  return unfit('NOT_ONE_OF', '"logic" or "sharedpool"', value);
}

function joinMetaKey(key: MetaKey): string {
  const folder = hasCategory(key) ? `${key.category}/` : '';
  return `${META_PREFIX}${key.type}/${folder}${key.clusterId}/${key.modifyTs}${FILE_SUFFIX}`;
}

/**
 * What the key of a metadata file says, or undefined for any other key. The inverse of `metaKey`:
 * the depth of the key alone tells a category's folder from a cluster's.
 */
export function parseMetaKey(key: string): MetaKey | undefined {
  const match = META_KEY.exec(key);
  if (match === null || !keyFits(key)) return undefined;
  const type = match[1] as MetaType;
  const [, , category, clusterId, seconds] = match;
  const modifyTs = Number(seconds);
  if (modifyTsProblem(modifyTs) || identifierProblem(clusterId)) return undefined;
  const meta = { type, clusterId: clusterId as string, modifyTs };
  if (category === undefined) return meta;
  return identifierProblem(category) ? undefined : { ...meta, category };
}
