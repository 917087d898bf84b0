import {
  type CallOptions,
  IssueList,
  METERING_PREFIX,
  type MeteringKey,
  minuteProblem,
  parseMeteringKey,
  type StorageProvider,
} from '@metering/core';
import { checkPageFilter, matchesFilter, type PageFilter } from '../page-filter.ts';
import { whyNoPage } from './why-no-page.ts';

/** Which pages of one minute. */
export interface PageQuery extends PageFilter {
  /** The minute that was metered: Unix seconds, divisible by 60. */
  readonly timestamp: number;
}

/** A stored page, without its records. */
export interface PageInfo extends MeteringKey {
  readonly key: string;
  /** Of the stored (compressed) file, in bytes. */
  readonly size: number;
}

/** A key among the pages' that is no page's. What it holds is not billed. */
export interface SkippedKey {
  readonly key: string;
  /** Why it is no page's key, as the end of a sentence. */
  readonly reason: string;
}

/** @throws ValidationError with every finding. */
export function checkPageQuery(query: PageQuery): void {
  const stated: Partial<PageQuery> = query ?? {};
  const issues = new IssueList();
  issues.addProblem('timestamp', minuteProblem(stated.timestamp));
  checkPageFilter(stated, issues);
  issues.throwIfAny('Invalid query for pages');
}

/** The pages that match, lazily, in the order of their keys. */
export async function* listPages(
  storage: StorageProvider,
  query: PageQuery,
  onSkipped: (skipped: SkippedKey) => void,
  options: CallOptions,
): AsyncGenerator<PageInfo> {
  for await (const { key, size } of storage.list({ prefix: queryPrefix(query) }, options)) {
    const parsed = parseMeteringKey(key);
    if (parsed === undefined) onSkipped({ key, reason: whyNoPage(key) });
    else if (matchesFilter(parsed, query)) yield { key, ...parsed, size };
  }
}

/** The longest prefix that every page in question has: filters count up to the first that is not given. */
function queryPrefix({ timestamp, category, sharedPoolId, selfId }: PageQuery): string {
  let prefix = `${METERING_PREFIX}${timestamp}/`;
  if (category === undefined) return prefix;
  prefix += `${category}/`;
  if (sharedPoolId === undefined) return prefix;
  prefix += `${sharedPoolId}/`;
  return selfId === undefined ? prefix : `${prefix}${selfId}-`;
}

/**
 * Puts the pages of each set in the order of their numbers: by key, 10 comes before 2. A set's keys
 * follow each other in a listing, so no more than one set is held.
 */
export async function* inPartOrder(pages: AsyncIterable<PageInfo>): AsyncGenerator<PageInfo> {
  let set: PageInfo[] = [];
  for await (const page of pages) {
    if (set[0] !== undefined && setOf(set[0]) !== setOf(page)) {
      yield* set.sort(byPart);
      set = [];
    }
    set.push(page);
  }
  yield* set.sort(byPart);
}

/** What the keys of one set have in common. */
function setOf({ key }: PageInfo): string {
  return key.slice(0, key.lastIndexOf('-'));
}

function byPart(a: PageInfo, b: PageInfo): number {
  return a.part - b.part;
}
