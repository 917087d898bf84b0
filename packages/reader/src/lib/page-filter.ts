import {
  type IssueList,
  identifierProblem,
  type OptionNames,
  selfIdProblem,
} from '@metering/core/building-blocks';

/** Which pages, of those of a time. */
export interface PageFilter {
  /** Default: every category. */
  readonly category?: string | undefined;
  /** Default: every shared pool. */
  readonly sharedPoolId?: string | undefined;
  /** Default: every writing instance. */
  readonly selfId?: string | undefined;
}

/** Its names. */
export const PAGE_FILTER: OptionNames<PageFilter> = {
  category: true,
  sharedPoolId: true,
  selfId: true,
};

/** Adds every finding about a filter. */
export function checkPageFilter(
  { category, sharedPoolId, selfId }: PageFilter,
  issues: IssueList,
): void {
  if (category !== undefined) issues.addProblem('category', identifierProblem(category));
  if (sharedPoolId !== undefined)
    issues.addProblem('sharedPoolId', identifierProblem(sharedPoolId));
  if (selfId !== undefined) issues.addProblem('selfId', selfIdProblem(selfId));
}

/** Whether a page of any minute is one of those in question. */
export function matchesFilter(
  page: { readonly category: string; readonly sharedPoolId: string; readonly selfId: string },
  { category, sharedPoolId, selfId }: PageFilter,
): boolean {
  if (category !== undefined && category !== page.category) return false;
  if (sharedPoolId !== undefined && sharedPoolId !== page.sharedPoolId) return false;
  return selfId === undefined || selfId === page.selfId;
}
