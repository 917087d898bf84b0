import {
  type CallOptions,
  type MeteringKey,
  type ObjectInfo,
  parseMeteringKey,
  type StorageProvider,
} from '@metering/core';
import {
  IssueList,
  METERING_PREFIX,
  minuteProblem,
  type OptionNames,
} from '@metering/core/building-blocks';
import { checkQueryNames } from '../check-query-names.ts';
import { checkPageFilter, matchesFilter, PAGE_FILTER, type PageFilter } from '../page-filter.ts';
import { whyNoPage } from './why-no-page.ts';

/** Which pages of one minute. */
export interface PageQuery extends PageFilter {
  /** The minute that was metered: Unix seconds, divisible by 60. */
  readonly timestamp: number;
}

const PAGE_QUERY: OptionNames<PageQuery> = { timestamp: true, ...PAGE_FILTER };

/** A stored page, without its records. */
export interface PageInfo extends MeteringKey {
  readonly key: string;
  /** Of the stored (compressed) file, in bytes. */
  readonly size: number;
}

/** A page as a listing shows it. */
export interface ListedPage {
  readonly page: PageInfo;
  readonly object: ObjectInfo;
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
  checkQueryNames(query, PAGE_QUERY, issues);
  issues.throwIfAny('Invalid query for pages');
}

/** The pages that match, lazily, in the order of their keys. */
export async function* listPages(
  storage: StorageProvider,
  query: PageQuery,
  onSkipped: (skipped: SkippedKey) => void,
  options: CallOptions,
): AsyncGenerator<ListedPage> {
  for await (const object of storage.list({ prefix: queryPrefix(query) }, options)) {
    const { key, size } = object;
    const meant = parseMeteringKey(key);
    if (meant === undefined) onSkipped({ key, reason: whyNoPage(key) });
    else if (matchesFilter(meant, query)) yield { page: { key, ...meant, size }, object };
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
