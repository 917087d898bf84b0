import {
  newer,
  newestAtOrBefore,
  skipWider,
  type Version,
  type VersionFolder,
  type VersionWindow,
  widthOf,
} from './version-folder.ts';
import { WidthSearch } from './width-search.ts';

/** No version is later: "the newest at or before it" is the newest of all. */
export const END_OF_TIME = Number.MAX_SAFE_INTEGER;

/** The newest version at or before a time, and for which other times it is that too. */
export interface FoundVersion {
  readonly version: Version | undefined;
  /** The first time that it is the answer for. */
  readonly from: number;
  /** It is the answer for every time before this one. */
  readonly until: number;
}

/**
 * Finds the newest version at or before a time.
 *
 * A folder of fewer than 1,000 names takes one request. In a larger one a listing begins near the
 * time: two or three requests find it among evenly spaced versions, and for any spacing their number
 * grows with the logarithm only. A version with as many digits as the time is newer than all that
 * have fewer, so one that is found is the answer.
 *
 * Where there is none, the answer is of another width. As long as nothing that came into view at the
 * folder's beginning, at its end and between is of a second width, all versions are taken to have
 * one; else the whole folder is gone through.
 */
export async function findVersion(folder: VersionFolder, at: number): Promise<FoundVersion> {
  const head = await folder.window('');
  if (head.lastName === undefined) return amongAll(head.versions, at);
  const widths = new Set(head.versions.map(({ modifyTs }) => widthOf(modifyTs)));
  const near = await ofOwnWidth(folder, head, at, widths);
  if (near !== undefined) return near;
  const newest = widths.size === 1 ? await newestOfOneWidth(folder, head, widths) : undefined;
  if (newest !== undefined && widths.size === 1) return ofOtherWidth(head, newest, at);
  return (await ofOwnWidth(folder, head, at, widths)) ?? amongRest(folder, head, at);
}

function amongAll(versions: readonly Version[], at: number): FoundVersion {
  const later = versions.map(({ modifyTs }) => modifyTs).filter((modifyTs) => modifyTs > at);
  return found(newestAtOrBefore(versions, at), Math.min(...later, Number.POSITIVE_INFINITY));
}

/** The answer among versions as wide as the time, if such are known to be and one is old enough. */
async function ofOwnWidth(
  folder: VersionFolder,
  head: VersionWindow,
  at: number,
  widths: ReadonlySet<number>,
): Promise<FoundVersion | undefined> {
  const width = widthOf(at);
  if (!widths.has(width)) return undefined;
  const answer = await new WidthSearch(folder, width, at).run(head);
  return answer && found(answer.version, answer.until);
}

/** Adds to `widths` what comes into view on the way to the newest version. */
async function newestOfOneWidth(
  folder: VersionFolder,
  head: VersionWindow,
  widths: Set<number>,
): Promise<Version | undefined> {
  const [width = 0] = widths;
  const search = new WidthSearch(folder, width, END_OF_TIME, true);
  const answer = await search.run(head);
  for (const seen of search.widths) widths.add(seen);
  return answer?.version;
}

/** The answer where all versions are of one width, the first is in the head, and none is near. */
function ofOtherWidth(head: VersionWindow, newest: Version, at: number): FoundVersion {
  if (newest.modifyTs <= at) return found(newest, Number.POSITIVE_INFINITY);
  return found(undefined, head.versions[0]?.modifyTs ?? at + 1);
}

/** The answer of a folder gone through from its first window to its end. */
async function amongRest(
  folder: VersionFolder,
  head: VersionWindow,
  at: number,
): Promise<FoundVersion> {
  let newest = newestAtOrBefore(head.versions, at);
  let { lastName } = head;
  while (lastName !== undefined) {
    const window = await folder.window(skipWider(lastName, widthOf(at)));
    newest = newer(newest, newestAtOrBefore(window.versions, at));
    lastName = window.lastName;
  }
  return found(newest, at === END_OF_TIME ? Number.POSITIVE_INFINITY : at + 1);
}

function found(version: Version | undefined, until: number): FoundVersion {
  return { version, from: version?.modifyTs ?? 0, until };
}
