import type { MeteringKey } from '@metering/core';
import type { ListedPage } from './page-listing.ts';

/** What all pages of a set have in common. */
export type SetIdentity = Omit<MeteringKey, 'part'>;

/** The pages of one set as a listing shows them. */
export interface ListedSet {
  /** What the keys of all its pages begin with: all up to the page number. */
  readonly key: string;
  readonly identity: SetIdentity;
  /** By number: by key, 10 comes before 2. */
  readonly pages: readonly ListedPage[];
}

/**
 * Puts the pages of a listing together to sets. The keys of a set follow each other in any order of text,
 * so no more than one set is held.
 */
export async function* listedSets(pages: AsyncIterable<ListedPage>): AsyncGenerator<ListedSet> {
  let key = '';
  let gathered: ListedPage[] = [];
  for await (const listed of pages) {
    if (gathered.length > 0 && !listed.page.key.startsWith(key)) {
      yield toSet(key, gathered);
      gathered = [];
    }
    if (gathered.length === 0) key = setKey(listed.page.key);
    gathered.push(listed);
  }
  if (gathered.length > 0) yield toSet(key, gathered);
}

/** Ends with the `-` before the page number, of which an instance's id holds none: no other set's keys begin so. */
function setKey(pageKey: string): string {
  return pageKey.slice(0, pageKey.lastIndexOf('-') + 1);
}

function toSet(key: string, pages: ListedPage[]): ListedSet {
  const { timestamp, category, sharedPoolId, selfId } = pages[0]!.page;
  pages.sort((a, b) => a.page.part - b.page.part);
  return { key, identity: { timestamp, category, sharedPoolId, selfId }, pages };
}
